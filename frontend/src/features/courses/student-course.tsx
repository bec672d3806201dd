"use client";

import { ClipboardList } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Schema } from "@/client/types";
import { StartAssignment } from "@/components/attempts/start-assignment";
import { Status } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { PageHead } from "@/components/ui/page-head";
import { Progress } from "@/components/ui/progress";
import { EmptyState } from "@/components/ui/states";
import { useWindowWords } from "@/features/courses/assignments/use-window-words";
import { canStart, windowOf } from "@/features/courses/assignments/window";
import { Units, workId } from "@/features/courses/units";
import type { Course } from "@/features/courses/use-course";
import { Link } from "@/i18n/navigation";
import { $api } from "@/lib/api";

type Assignment = Schema<"AssignmentOut">;

export function StudentCourse({ course }: { course: Course }) {
  const t = useTranslations("courses");
  const progress = Math.round(course.my_progress ?? 0);
  return (
    <>
      <PageHead
        title={course.name}
        about={course.description || t("teacherIs", { name: course.teacher_name })}
        back={{ href: "/courses", label: t("title") }}
      />
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="grid grid-cols-1 gap-5">
          <Assignments assignments={course.assignments} />
          <Units course={course} />
        </div>
        <div className="grid gap-5">
          <Card className="grid gap-3 p-5">
            <p className="flex items-baseline justify-between">
              <span className="font-semibold">{t("myProgress")}</span>
              <span className="text-2xl font-semibold tabular-nums">{progress}%</span>
            </p>
            <Progress value={progress} label={t("myProgress")} />
          </Card>
          <Classmates course={course} />
        </div>
      </div>
    </>
  );
}

function Assignments({ assignments }: { assignments: Assignment[] }) {
  const t = useTranslations("courses");
  const attempts = $api.useQuery("get", "/api/v1/attempts", { params: { query: { limit: 200 } } });
  const reports = latestClosed(attempts.data?.items ?? []);
  return (
    <Card>
      <CardHead title={t("tabs.assignments")} />
      {assignments.length > 0 ? (
        <ul className="divide-y divide-line">
          {assignments.map((assignment) => (
            <AssignmentLine key={assignment.id} assignment={assignment} report={reports.get(assignment.id)} />
          ))}
        </ul>
      ) : (
        <EmptyState icon={ClipboardList} title={t("noAssignments")} about={t("noAssignmentsStudent")} />
      )}
    </Card>
  );
}

/** The newest attempt with a report for each assignment. Attempts come newest first. */
export function latestClosed(attempts: readonly Schema<"AttemptRow">[]): Map<number, string> {
  const found = new Map<number, string>();
  for (const { assignment, id, state } of attempts) {
    if (assignment !== null && !found.has(assignment) && (state === "closed" || state === "marked")) {
      found.set(assignment, id);
    }
  }
  return found;
}

function AssignmentLine({ assignment, report }: { assignment: Assignment; report: string | undefined }) {
  const t = useTranslations("assignments");
  const [now] = useState(() => new Date());
  const when = useWindowWords();
  const { my_status: status, my_opens_at, my_closes_at } = assignment;
  const window = windowOf(my_opens_at, my_closes_at, now);
  const isDone = status === "completed";
  return (
    <li
      id={workId(assignment.id)}
      className="flex scroll-mt-24 flex-wrap items-center gap-x-4 gap-y-3 px-5 py-4 target:bg-accent-soft"
    >
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium">{assignment.title}</p>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-4 gap-y-0.5 text-sm text-ink-faint">
          <Status tone={isDone ? "good" : status === "in_progress" ? "warn" : "plain"} className="text-ink-soft">
            {status === "not_started" && window !== "open" ? t(window) : t(`my.${status ?? "not_started"}`)}
          </Status>
          <span>
            {t(`modes.${assignment.mode}`)}
            {!assignment.is_required && ` · ${t("optional")}`}
          </span>
          <span>{when(my_opens_at, my_closes_at)}</span>
        </p>
      </div>
      <div className="flex gap-2">
        {report && (
          <Button asChild look={isDone ? "secondary" : "quiet"}>
            <Link href={`/report/${report}`}>{t("report")}</Link>
          </Button>
        )}
        {canStart(assignment, now) && <StartAssignment assignment={assignment} look={isDone ? "quiet" : "primary"} />}
      </div>
    </li>
  );
}

function Classmates({ course }: { course: Course }) {
  const t = useTranslations("courses");
  if (course.classmates.length === 0) return null;
  return (
    <Card>
      <CardHead title={t("classmates")} about={t("classmatesMore", { count: course.student_count })} />
      <ul className="grid gap-2 px-5 pb-5 text-sm">
        {course.classmates.map((mate, at) => (
          <li key={at} className="flex items-baseline justify-between gap-3">
            <span>{mate.name}</span>
            <span className="text-ink-faint">{mate.administrative_class}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
