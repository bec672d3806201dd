"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Schema } from "@/client/types";
import { Status } from "@/components/ui/badge";
import { AssignmentMenu } from "@/features/courses/assignments/assignment-menu";
import { useWindowWords } from "@/features/courses/assignments/use-window-words";
import { windowOf } from "@/features/courses/assignments/window";
import { Link } from "@/i18n/navigation";
import { useTimes } from "@/lib/time";

type Assignment = Schema<"AssignmentOut">;

interface Props {
  assignment: Assignment;
  /** How the class did; null until it is read. */
  figures: Schema<"ResultAssignment"> | null;
  students: number;
  onEdit: () => void;
}

export function AssignmentRow({ assignment, figures, students, onEdit }: Props) {
  const t = useTranslations("assignments");
  const common = useTranslations("common");
  const attempts = useTranslations("attempts");
  const when = useWindowWords();
  const [now] = useState(() => new Date());
  const window = windowOf(assignment.opens_at, assignment.closes_at, now);
  const what = assignment.sections.map((key) => common(`sections.${key}`)).join(attempts("comma"));
  return (
    <li className="flex items-start gap-x-4 px-5 py-4">
      <div className="min-w-0 flex-1">
        <p className="font-medium">{assignment.title}</p>
        <p className="text-sm text-ink-soft">
          {t(`modes.${assignment.mode}`)} · {what || t("wholePaper")}
          {!assignment.is_required && ` · ${t("optional")}`}
        </p>
        <p className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-0.5 text-sm text-ink-faint">
          <Status tone={window === "open" ? "good" : "plain"} className="text-ink-soft">
            {t(window)}
          </Status>
          <span>{when(assignment.opens_at, assignment.closes_at)}</span>
          <Room assignment={assignment} />
          <span className="tabular-nums">
            {t("completedOf", { done: assignment.completed_count ?? 0, all: students })}
          </span>
          {assignment.keys_released_at && <span>{t("keysReleased")}</span>}
        </p>
        <Glance assignment={assignment} figures={figures} />
      </div>
      <AssignmentMenu assignment={assignment} onEdit={onEdit} />
    </li>
  );
}

/** How the class did so far, and the ways to the room and to what it says of the class. Its line is there from the start. */
function Glance({ assignment, figures }: Pick<Props, "assignment" | "figures">) {
  const t = useTranslations("assignments");
  const mean = figures?.mean_raw ?? null;
  const link = "rounded-sm text-accent underline-offset-4 hover:underline";
  return (
    <p className="mt-2 flex min-h-6 flex-wrap items-center gap-x-5 gap-y-1 text-sm">
      {assignment.mode === "exam" && (
        <Link href={`/rooms/${assignment.id}`} className={link}>
          {t("toRoom")}
        </Link>
      )}
      <Link href={`/analysis/${assignment.id}`} className={link}>
        {t("toAnalysis")}
      </Link>
      {figures && mean !== null && (
        <span className="text-ink-soft tabular-nums">
          {t("meanOf", { mean: Math.round(mean * 10) / 10, of: figures.raw_of })}
        </span>
      )}
      {figures && figures.waiting_scripts > 0 && (
        <Link href={`/marking?assignment=${assignment.id}`} className="rounded-sm underline-offset-4 hover:underline">
          <Status tone="warn">{t("toMark", { count: figures.waiting_scripts })}</Status>
        </Link>
      )}
    </p>
  );
}

function Room({ assignment }: { assignment: Assignment }) {
  const t = useTranslations("assignments");
  const times = useTimes();
  if (assignment.start !== "room") return null;
  const at = assignment.room_started_at;
  if (at) return <span>{t("roomStarted", { time: times.moment(at) })}</span>;
  return <Status tone="warn">{t("roomWaiting")}</Status>;
}
