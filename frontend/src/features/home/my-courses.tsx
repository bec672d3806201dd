"use client";

import { BookOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { JoinCourse } from "@/components/courses/join-course";
import { Card, CardHead } from "@/components/ui/card";
import { Loaded } from "@/components/ui/loaded";
import { Progress } from "@/components/ui/progress";
import { SkeletonRows } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { Link } from "@/i18n/navigation";
import { $api } from "@/lib/api";

/** As many as on a teacher's home: asked for before it is known whose home it is (lib/asks.ts). */
const MOST = 12;

export function MyCourses() {
  const t = useTranslations("home");
  const courses = $api.useQuery("get", "/api/v1/courses", { params: { query: { status: "active", page_size: MOST } } });
  return (
    <Card>
      <CardHead title={t("myCourses")}>
        <JoinCourse />
      </CardHead>
      <Loaded query={courses} skeleton={<SkeletonRows rows={2} className="mx-5 mb-3" />}>
        {(list) =>
          list.courses.length > 0 ? (
            <ul className="divide-y divide-line">
              {list.courses.map((course) => (
                <CourseLine key={course.id} course={course} />
              ))}
            </ul>
          ) : (
            <EmptyState icon={BookOpen} title={t("noCourses")} about={t("noCoursesAbout")} className="py-8" />
          )
        }
      </Loaded>
    </Card>
  );
}

function CourseLine({ course }: { course: Schema<"CourseRow"> }) {
  const t = useTranslations("home");
  const progress = Math.round(course.my_progress ?? 0);
  return (
    <li>
      <Link href={`/courses/${course.id}`} className="grid gap-2 px-5 py-3.5 transition-colors hover:bg-sunken/60">
        <span className="flex items-baseline justify-between gap-3">
          <span className="truncate font-medium">{course.name}</span>
          <span className="text-sm text-ink-faint tabular-nums">{progress}%</span>
        </span>
        <Progress value={progress} label={t("progressOf", { course: course.name })} className="h-1.5" />
      </Link>
    </li>
  );
}
