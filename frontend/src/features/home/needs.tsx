"use client";

import {
  CalendarClock,
  ChevronRight,
  CircleCheck,
  DoorOpen,
  PenLine,
  TrendingDown,
  type LucideIcon,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Schema } from "@/client/types";
import { Status, type Tone } from "@/components/ui/badge";
import { Card, CardHead } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/states";
import { Link } from "@/i18n/navigation";
import { useTimes } from "@/lib/time";

type Today = Schema<"Dashboard">;

/** What needs the teacher, most urgent first: exams, scripts, windows that close, students who let work pass. */
export function Needs({ today }: { today: Today }) {
  const t = useTranslations("dashboard");
  const { exams, piles, ending, behind } = today;
  if (exams.length + piles.length + ending.length + behind.length === 0) {
    return (
      <Card>
        <EmptyState icon={CircleCheck} title={t("nothing")} about={t("nothingAbout")} />
      </Card>
    );
  }
  return (
    <div className="grid grid-cols-1 gap-5">
      <Exams exams={exams} />
      <Piles piles={piles} total={today.scripts_waiting} />
      <Endings ending={ending} />
      <Behind behind={behind} total={today.students_behind} />
    </div>
  );
}

function Exams({ exams }: { exams: Today["exams"] }) {
  const t = useTranslations("dashboard");
  const times = useTimes();
  return (
    <Group icon={DoorOpen} title={t("exams")} isEmpty={exams.length === 0}>
      {exams.map((exam) => (
        <Line
          key={exam.assignment}
          href={`/rooms/${exam.assignment}`}
          title={exam.title}
          about={[exam.course_name, exam.opens_at && t("opens", { time: times.moment(exam.opens_at) })]}
          state={
            exam.state === "running" ? t("sitting", { count: exam.sitting }) : t("inRoom", { count: exam.waiting })
          }
          tone={exam.state === "running" ? "good" : "warn"}
        />
      ))}
    </Group>
  );
}

function Piles({ piles, total }: { piles: Today["piles"]; total: number }) {
  const t = useTranslations("dashboard");
  const times = useTimes();
  return (
    <Group icon={PenLine} title={t("scripts", { count: total })} isEmpty={piles.length === 0}>
      {piles.map((pile) => (
        <Line
          key={pile.assignment}
          href={`/marking?assignment=${pile.assignment}`}
          title={pile.title}
          about={[pile.course_name, t("oldest", { time: times.moment(pile.oldest) })]}
          state={t("waiting", { count: pile.waiting })}
          tone="warn"
        />
      ))}
    </Group>
  );
}

function Endings({ ending }: { ending: Today["ending"] }) {
  const t = useTranslations("dashboard");
  const times = useTimes();
  return (
    <Group icon={CalendarClock} title={t("ending")} isEmpty={ending.length === 0}>
      {ending.map((end) => (
        <Line
          key={end.assignment}
          href={`/courses/${end.course}`}
          title={end.title}
          about={[end.course_name, t("closes", { time: times.moment(end.closes_at) })]}
          state={t("completed", { done: end.completed, all: end.students })}
          tone="plain"
        />
      ))}
    </Group>
  );
}

function Behind({ behind, total }: { behind: Today["behind"]; total: number }) {
  const t = useTranslations("dashboard");
  return (
    <Group icon={TrendingDown} title={t("behind", { count: total })} isEmpty={behind.length === 0}>
      {behind.map((row) => (
        <Line
          key={`${row.course}-${row.student}`}
          href={`/courses/${row.course}?tab=results`}
          title={row.name}
          about={[row.student_number, row.course_name, t("progress", { percent: Math.round(row.progress) })]}
          state={t("missed", { count: row.missed })}
          tone="bad"
        />
      ))}
    </Group>
  );
}

interface GroupProps {
  icon: LucideIcon;
  title: string;
  isEmpty: boolean;
  children: ReactNode;
}

function Group({ icon: Icon, title, isEmpty, children }: GroupProps) {
  if (isEmpty) return null;
  return (
    <Card className="overflow-hidden">
      <CardHead
        title={
          <span className="flex items-center gap-2.5">
            <Icon className="size-4.5 text-ink-faint" aria-hidden />
            {title}
          </span>
        }
      />
      <ul className="divide-y divide-line border-t border-line">{children}</ul>
    </Card>
  );
}

interface LineProps {
  href: string;
  title: string;
  about: (string | null)[];
  state: string;
  tone: Tone;
}

function Line({ href, title, about, state, tone }: LineProps) {
  return (
    <li>
      <Link href={href} className="flex items-center gap-4 px-5 py-3 hover:bg-sunken/60">
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{title}</span>
          <span className="block truncate text-sm text-ink-faint">{about.filter(Boolean).join(" · ")}</span>
        </span>
        <Status tone={tone} className="text-ink-soft tabular-nums">
          {state}
        </Status>
        <ChevronRight className="size-4 shrink-0 text-ink-faint max-sm:hidden" aria-hidden />
      </Link>
    </li>
  );
}
