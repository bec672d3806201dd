"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Schema } from "@/client/types";
import { Badge } from "@/components/ui/badge";
import { AssignmentMenu } from "@/features/courses/assignments/assignment-menu";
import { useWindowWords } from "@/features/courses/assignments/use-window-words";
import { windowOf } from "@/features/courses/assignments/window";
import { useTimes } from "@/lib/time";

type Assignment = Schema<"AssignmentOut">;

interface Props {
  assignment: Assignment;
  students: number;
  onEdit: () => void;
}

export function AssignmentRow({ assignment, students, onEdit }: Props) {
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
        <p className="text-sm text-ink-soft">{what || t("wholePaper")}</p>
        <p className="mt-2 flex flex-wrap items-center gap-2 text-sm text-ink-faint">
          <Badge tone={assignment.mode === "exam" ? "accent" : "plain"}>{t(`modes.${assignment.mode}`)}</Badge>
          <Badge tone={window === "open" ? "good" : "plain"}>{t(window)}</Badge>
          {!assignment.is_required && <Badge>{t("optional")}</Badge>}
          <Room assignment={assignment} />
          {assignment.keys_released_at && <Badge>{t("keysReleased")}</Badge>}
          <span>{when(assignment.opens_at, assignment.closes_at)}</span>
          <span className="tabular-nums">
            {t("completedOf", { done: assignment.completed_count ?? 0, all: students })}
          </span>
        </p>
      </div>
      <AssignmentMenu assignment={assignment} onEdit={onEdit} />
    </li>
  );
}

function Room({ assignment }: { assignment: Assignment }) {
  const t = useTranslations("assignments");
  const times = useTimes();
  if (assignment.start !== "room") return null;
  const at = assignment.room_started_at;
  return (
    <Badge tone={at ? "plain" : "warn"}>{at ? t("roomStarted", { time: times.moment(at) }) : t("roomWaiting")}</Badge>
  );
}
