"use client";

import { useQueryClient } from "@tanstack/react-query";

const told: unknown[] = [
  "/api/v1/assignments/{assignment_id}/attempts",
  "/api/v1/assignments/{assignment_id}/room",
  "/api/v1/attempts/{attempt_id}/audio-gaps",
];

/** Says that who sits an assignment, and what was decided about them, is not what was read before. */
export function useRereadSeats(): () => Promise<void> {
  const queries = useQueryClient();
  return () =>
    queries.invalidateQueries({
      predicate: ({ queryKey: [, path] }) => told.includes(path),
    });
}
