"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { ErrorState } from "@/components/ui/states";
import { PageHead } from "@/components/ui/page-head";
import { DashboardSkeleton } from "@/features/home/dashboard-skeleton";
import { Needs } from "@/features/home/needs";
import { TeacherCourses } from "@/features/home/teacher-courses";
import { $api } from "@/lib/api";
import { useUser } from "@/lib/store";

/** As many as a student's home asks for: the page asks ahead of its scripts, before it knows whose home it is. */
const MOST_COURSES = 12;
/** Rooms fill and scripts come in while the page is open. */
const ASK_EVERY_MS = 60_000;

/** A teacher's day: what needs them now, and their courses. Both are asked for at once and shown at once. */
export function TeacherDashboard() {
  const today = $api.useQuery("get", "/api/v1/me/dashboard", {}, { refetchInterval: ASK_EVERY_MS });
  const courses = $api.useQuery("get", "/api/v1/courses", {
    params: { query: { status: "active", page_size: MOST_COURSES } },
  });
  if (today.data && courses.data) return <Dashboard today={today.data} courses={courses.data} />;
  const failed = [today, courses].find((query) => query.error && !query.data);
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  return <DashboardSkeleton />;
}

function Dashboard({ today, courses }: { today: Schema<"Dashboard">; courses: Schema<"CourseList"> }) {
  const t = useTranslations("dashboard");
  const { name } = useUser();
  return (
    <>
      <PageHead title={t("hello", { name })} about={t("about", sums(today))} />
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Needs today={today} />
        <TeacherCourses list={courses} />
      </div>
    </>
  );
}

function sums({ exams, scripts_waiting, students_behind }: Schema<"Dashboard">) {
  return { exams: exams.length, scripts: scripts_waiting, behind: students_behind };
}
