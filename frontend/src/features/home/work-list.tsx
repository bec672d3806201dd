"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Status, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { isPending, type Work } from "@/features/home/next-step";
import { Link } from "@/i18n/navigation";
import { useTimes } from "@/lib/time";

const FIRST = 6;

/** What is set over all courses and not yet handed in, in the server's order. Nothing where nothing is. */
export function WorkList({ work }: { work: readonly Work[] }) {
  const t = useTranslations("home");
  const [isWhole, setWhole] = useState(false);
  const pending = work.filter(isPending);
  const shown = isWhole ? pending : pending.slice(0, FIRST);
  if (pending.length === 0) return null;
  return (
    <Card>
      <CardHead title={t("toDo")} about={t("toDoCount", { count: pending.length })} />
      <ul className="divide-y divide-line">
        {shown.map((one) => (
          <WorkLine key={one.id} work={one} />
        ))}
      </ul>
      {pending.length > shown.length && (
        <Button look="quiet" className="m-2" onClick={() => setWhole(true)}>
          {t("showAll", { count: pending.length })}
        </Button>
      )}
    </Card>
  );
}

const tones: Record<Work["next"], Tone> = {
  continue: "accent",
  enter_room: "accent",
  start: "plain",
  start_late: "warn",
  wait: "plain",
  ask_teacher: "bad",
  read_report: "good",
  nothing: "plain",
};

function WorkLine({ work }: { work: Work }) {
  const t = useTranslations("home");
  return (
    <li>
      <Link href={`/courses/${work.course}`} className="flex items-center gap-4 px-5 py-3.5 hover:bg-sunken/60">
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{work.title}</span>
          <span className="block truncate text-sm text-ink-faint">
            <When work={work} /> · {work.course_name}
            {!work.is_required && ` · ${t("optional")}`}
          </span>
        </span>
        <Status tone={tones[work.next]} className="text-ink-soft">
          {t(`next.${work.next}`)}
        </Status>
        <ChevronRight className="size-4 shrink-0 text-ink-faint max-sm:hidden" aria-hidden />
      </Link>
    </li>
  );
}

function When({ work }: { work: Work }) {
  const t = useTranslations("home");
  const times = useTimes();
  if (work.next === "wait" && work.opens_at) return t("opens", { time: times.moment(work.opens_at) });
  if (!work.closes_at) return t("noEnd");
  const isOver = work.next === "ask_teacher" || work.next === "start_late";
  return t(isOver ? "closed" : "closes", { time: times.moment(work.closes_at) });
}
