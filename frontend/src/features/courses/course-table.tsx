"use client";

import { BookOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Schema } from "@/client/types";
import { Badge, type Tone } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Loaded } from "@/components/ui/loaded";
import { Progress } from "@/components/ui/progress";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { CoursePages } from "@/features/courses/course-pages";
import { useCourses, useCoursesStats, useSelectedCourse } from "@/features/courses/use-courses";
import { Link } from "@/i18n/navigation";
import { useAppStore, useUser } from "@/lib/store";

type Row = Schema<"CourseRow">;
type Status = Row["status"];

const statuses: readonly Status[] = ["active", "draft", "completed", "archived"];
export const toneOf: Record<Status, Tone> = { draft: "warn", active: "good", completed: "accent", archived: "plain" };

/** Staff: the courses they teach (an administrator: all), page by page. */
export function CourseTable() {
  const t = useTranslations("courses");
  const common = useTranslations("common");
  const status = useAppStore((state) => state.courseFilter);
  const filter = useAppStore((state) => state.filterCourses);
  const [page, setPage] = useState(1);
  const courses = useCourses({ page, status: status === "all" ? "" : status });
  const choose = (next: Status | "all") => {
    filter(next);
    setPage(1);
  };
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <Select
          label={t("statusFilter")}
          value={status}
          onChange={choose}
          className="w-40"
          options={[
            { value: "all", label: common("all") },
            ...statuses.map((value) => ({ value, label: t(`statuses.${value}`) })),
          ]}
        />
        {courses.data && <Stats rows={courses.data.courses} />}
      </div>
      <Card className="overflow-hidden">
        <Loaded query={courses} skeleton={<SkeletonRows rows={4} className="mx-4 my-1" />}>
          {(list) =>
            list.courses.length > 0 ? (
              <>
                <Rows rows={list.courses} />
                <CoursePages list={list} onPage={setPage} />
              </>
            ) : (
              <EmptyState
                icon={BookOpen}
                title={status === "all" ? t("none") : t("noneWithStatus")}
                about={status === "all" ? t("noneTeacher") : undefined}
              />
            )
          }
        </Loaded>
      </Card>
    </div>
  );
}

/** Of the rows in sight. */
function Stats({ rows }: { rows: Row[] }) {
  const t = useTranslations("courses");
  const { courses, students, progress } = useCoursesStats(rows);
  return <p className="text-sm text-ink-soft tabular-nums">{t("stats", { courses, students, progress })}</p>;
}

function Rows({ rows }: { rows: Row[] }) {
  const t = useTranslations("courses");
  const isAdmin = useUser().role === "admin";
  const selected = useSelectedCourse()?.id;
  return (
    <Table isStacked>
      <thead>
        <tr>
          <Th>{t("column.course")}</Th>
          {isAdmin && <Th>{t("column.teacher")}</Th>}
          <Th className="text-right">{t("column.students")}</Th>
          <Th className="text-right">{t("column.assignments")}</Th>
          <Th>{t("column.progress")}</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((course) => (
          <Tr
            key={course.id}
            aria-current={course.id === selected ? "true" : undefined}
            className="aria-[current=true]:bg-accent-soft/60"
          >
            <Td isLead>
              <Link href={`/courses/${course.id}`} className="font-medium hover:text-accent">
                {course.name}
              </Link>
              <span className="mt-1 flex flex-wrap items-center gap-2 text-xs text-ink-faint">
                <Badge tone={toneOf[course.status]}>{t(`statuses.${course.status}`)}</Badge>
                {[course.category, course.level].filter(Boolean).join(" · ")}
              </span>
            </Td>
            {isAdmin && <Td label={t("column.teacher")}>{course.teacher_name}</Td>}
            <Td label={t("column.students")} className="text-right tabular-nums">
              {course.student_count}
            </Td>
            <Td label={t("column.assignments")} className="text-right tabular-nums">
              {course.assignment_count}
            </Td>
            <Td label={t("column.progress")}>
              <span className="flex items-center gap-3">
                <Progress value={course.avg_progress} label={t("column.progress")} className="w-24" />
                <span className="tabular-nums">{Math.round(course.avg_progress)}%</span>
              </span>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
