"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { Schema } from "@/client/types";
import { $api, api } from "@/lib/api";
import { withEdits } from "@/lib/state/courses";
import { useAppStore } from "@/lib/store";

export type Course = Schema<"CourseOut">;

/** One course, and from now on the selected one; a change that is under way is shown as done. */
export function useCourse(course_id: number) {
  const select = useAppStore((state) => state.selectCourse);
  useEffect(() => select(course_id), [select, course_id]);
  const edits = useAppStore((state) => state.courseEdits);
  const { data, error, refetch } = $api.useQuery("get", "/api/v1/courses/{course_id}", {
    params: { path: { course_id } },
  });
  const edited = useMemo(() => data && withEdits(data, edits), [data, edits]);
  return { data: edited, error, refetch };
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
    const { beginEdit, endEdit } = useAppStore.getState();
    const edit = beginEdit(course_id, body);
    try {
      await api.PATCH("/api/v1/courses/{course_id}", { params: { path: { course_id } }, body });
      await reread();
    } finally {
      endEdit(edit);
    }
  };
}
