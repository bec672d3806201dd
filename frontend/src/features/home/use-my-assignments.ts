"use client";

import { useQueries } from "@tanstack/react-query";
import type { Schema } from "@/client/types";
import { $api } from "@/lib/api";

const MOST_COURSES = 10;

/** What is set in my active courses. A course that cannot be read is left out: its own page says why. */
export function useMyAssignments(): { isPending: boolean; data: Schema<"AssignmentOut">[] } {
  const courses = $api.useQuery("get", "/api/v1/courses", {
    params: { query: { status: "active", page_size: MOST_COURSES } },
  });
  const ids = courses.data?.courses.map((course) => course.id) ?? [];
  const each = useQueries({
    queries: ids.map((course_id) =>
      $api.queryOptions("get", "/api/v1/courses/{course_id}", { params: { path: { course_id } } }),
    ),
  });
  return {
    isPending: courses.isPending || each.some((query) => query.isPending),
    data: each.flatMap((query) => query.data?.assignments ?? []),
  };
}
