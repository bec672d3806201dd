"use client";

import { ErrorState } from "@/components/ui/states";
import { DashboardSkeleton } from "@/features/home/dashboard-skeleton";
import { Needs } from "@/features/home/needs";
import { TeacherCourses } from "@/features/home/teacher-courses";
import { useToday } from "@/features/home/use-today";
import { $api } from "@/lib/api";

/** As many as a student's home asks for: the page asks ahead of its scripts, before it knows whose home it is. */
const MOST_COURSES = 12;

/** What needs a teacher now, and their courses. Both are asked for at once and shown at once. */
export function TeacherDashboard() {
  const today = useToday();
  const courses = $api.useQuery("get", "/api/v1/courses", {
    params: { query: { status: "active", page_size: MOST_COURSES } },
  });
  if (today.data && courses.data) {
    return (
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Needs today={today.data} />
        <TeacherCourses list={courses.data} />
      </div>
    );
  }
  const failed = [today, courses].find((query) => query.error && !query.data);
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  return <DashboardSkeleton />;
}
