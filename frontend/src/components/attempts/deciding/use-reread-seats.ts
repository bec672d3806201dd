"use client";

import { useQueryClient } from "@tanstack/react-query";

/** Says that who sits an assignment, and what was decided about them, is not what was read before. */
export function useRereadSeats(): () => Promise<void> {
  const queries = useQueryClient();
  return () =>
    queries.invalidateQueries({
      predicate: ({ queryKey: [, path] }) =>
        path === "/api/v1/assignments/{assignment_id}/attempts" || path === "/api/v1/attempts/{attempt_id}/audio-gaps",
    });
}
