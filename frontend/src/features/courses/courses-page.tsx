"use client";

import { useTranslations } from "next-intl";
import { JoinCourse } from "@/components/courses/join-course";
import { PageHead } from "@/components/ui/page-head";
import { Skeleton } from "@/components/ui/skeleton";
import { CourseCards } from "@/features/courses/course-cards";
import { CourseTable } from "@/features/courses/course-table";
import { CreateCourse } from "@/features/courses/create-course";
import { useUser } from "@/lib/store";

export function CoursesPage() {
  const t = useTranslations("courses");
  const isStudent = useUser().role === "student";
  return (
    <>
      <PageHead title={t("title")}>{isStudent ? <JoinCourse /> : <CreateCourse />}</PageHead>
      {isStudent ? <CourseCards /> : <CourseTable />}
    </>
  );
}

export function CoursesWaiting() {
  const t = useTranslations("courses");
  return (
    <>
      <PageHead title={t("title")}>
        <Skeleton className="h-10 w-28" />
      </PageHead>
      <Skeleton className="h-72" />
    </>
  );
}
