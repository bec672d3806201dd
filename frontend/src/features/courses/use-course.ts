"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { Schema } from "@/client/types";
import { $api, api } from "@/lib/api";

export type Course = Schema<"CourseOut">;

export function useCourse(course_id: number) {
  return $api.useQuery("get", "/api/v1/courses/{course_id}", { params: { path: { course_id } } });
}

/** Says that a course, its list or its students are not what was read before. */
export function useRereadCourse(): () => Promise<void> {
  const queries = useQueryClient();
  return () =>
    queries.invalidateQueries({
      predicate: ({ queryKey }) => typeof queryKey[1] === "string" && queryKey[1].startsWith("/api/v1/courses"),
    });
}

export function useChangeCourse(course_id: number): (body: Schema<"CourseChange">) => Promise<void> {
  const reread = useRereadCourse();
  return async (body) => {
    await api.PATCH("/api/v1/courses/{course_id}", { params: { path: { course_id } }, body });
    await reread();
  };
}
