"use client";

import { BookOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Loaded } from "@/components/ui/loaded";
import { Progress } from "@/components/ui/progress";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { CoursePages } from "@/features/courses/course-pages";
import { useCourses } from "@/features/courses/use-courses";
import { Link } from "@/i18n/navigation";

/** A student's courses, each with their own progress. */
export function CourseCards() {
  const t = useTranslations("courses");
  const [page, setPage] = useState(1);
  const courses = useCourses({ page, status: "" });
  return (
    <Loaded query={courses} skeleton={<Skeleton className="h-40 sm:w-1/2" />}>
      {(list) =>
        list.courses.length > 0 ? (
          <>
            <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
              {list.courses.map((course) => (
                <li key={course.id} className="grid">
                  <Link
                    href={`/courses/${course.id}`}
                    className="grid content-between gap-4 rounded-card border border-line bg-surface p-5 shadow-sheet transition-colors hover:border-line-strong"
                  >
                    <span className="grid gap-1">
                      <span className="flex items-start justify-between gap-2">
                        <span className="font-title text-lg font-semibold">{course.name}</span>
                        {course.status !== "active" && <Badge>{t(`statuses.${course.status}`)}</Badge>}
                      </span>
                      <span className="text-sm text-ink-faint">{t("teacherIs", { name: course.teacher_name })}</span>
                    </span>
                    <span className="grid gap-1.5">
                      <span className="flex justify-between text-sm text-ink-soft">
                        {t("myProgress")}
                        <span className="tabular-nums">{Math.round(course.my_progress ?? 0)}%</span>
                      </span>
                      <Progress value={course.my_progress ?? 0} label={t("myProgress")} />
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
            <CoursePages list={list} onPage={setPage} />
          </>
        ) : (
          <EmptyState icon={BookOpen} title={t("none")} about={t("noneStudent")} />
        )
      }
    </Loaded>
  );
}
