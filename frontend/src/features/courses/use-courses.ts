"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { useMemo } from "react";
import { useShallow } from "zustand/react/shallow";
import type { Schema } from "@/client/types";
import { $api } from "@/lib/api";
import { statsOf, withEdits, type CoursesStats, type CourseStatus } from "@/lib/state/courses";
import { useAppStore } from "@/lib/store";

const PAGE_SIZE = 20;

/**
 * A page of the courses that one sees, with what is being changed at this moment as if it were done. The question is the same
 * for every role, so that it can be asked before the role is known (lib/asks.ts).
 */
export function useCourses({ page, status }: { page: number; status: CourseStatus | "" }) {
  const query = { page, page_size: PAGE_SIZE, status };
  const edits = useAppStore((state) => state.courseEdits);
  const read = $api.useQuery("get", "/api/v1/courses", { params: { query } }, { placeholderData: keepPreviousData });
  const { data, error, refetch } = read;
  const edited = useMemo(
    () => data && { ...data, courses: data.courses.map((course) => withEdits(course, edits)) },
    [data, edits],
  );
  return { data: edited, error, refetch };
}

/** The course that was opened last, as far as it is known here; asks the server for nothing. */
export function useSelectedCourse(): Schema<"CourseOut"> | null {
  const course_id = useAppStore((state) => state.selectedCourse);
  const edits = useAppStore((state) => state.courseEdits);
  const { data } = $api.useQuery(
    "get",
    "/api/v1/courses/{course_id}",
    { params: { path: { course_id: course_id ?? 0 } } },
    { enabled: false },
  );
  return useMemo(() => (course_id !== null && data ? withEdits(data, edits) : null), [course_id, data, edits]);
}

/** A new object each time would never come to rest: it is the same one until one of its numbers changes. */
export function useCoursesStats(courses: readonly Schema<"CourseRow">[]): CoursesStats {
  return useAppStore(useShallow((state) => statsOf(courses, state.courseEdits)));
}
