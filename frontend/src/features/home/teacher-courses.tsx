"use client";

import { BookOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { EmptyState } from "@/components/ui/states";
import { Link } from "@/i18n/navigation";

/** The active courses: how many are in them, how far they are, how much is set. */
export function TeacherCourses({ list }: { list: Schema<"CourseList"> }) {
  const t = useTranslations("dashboard");
  return (
    <Card className="overflow-hidden">
      <CardHead title={t("courses")}>
        <Button asChild look="link" size="sm">
          <Link href="/courses">{t("allCourses")}</Link>
        </Button>
      </CardHead>
      {list.courses.length > 0 ? (
        <ul className="divide-y divide-line border-t border-line">
          {list.courses.map((course) => (
            <CourseLine key={course.id} course={course} />
          ))}
        </ul>
      ) : (
        <EmptyState icon={BookOpen} title={t("noCourses")} about={t("noCoursesAbout")} className="py-8">
          <Button asChild>
            <Link href="/courses">{t("allCourses")}</Link>
          </Button>
        </EmptyState>
      )}
    </Card>
  );
}

function CourseLine({ course }: { course: Schema<"CourseRow"> }) {
  const t = useTranslations("dashboard");
  const percent = Math.round(course.avg_progress);
  return (
    <li>
      <Link href={`/courses/${course.id}`} className="grid gap-2 px-5 py-3.5 hover:bg-sunken/60">
        <span className="truncate font-medium">{course.name}</span>
        <span className="flex items-center gap-3">
          <Progress value={percent} label={t("progressOf", { course: course.name })} className="h-1.5 flex-1" />
          <span className="w-10 text-right text-sm tabular-nums">{percent}%</span>
        </span>
        <span className="text-sm text-ink-faint">
          {t("counts", { students: course.student_count, assignments: course.assignment_count })}
        </span>
      </Link>
    </li>
  );
}
