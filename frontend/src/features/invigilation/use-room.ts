"use client";

import { useQueryClient } from "@tanstack/react-query";
import { $api } from "@/lib/api";
import { useFollowed } from "@/lib/use-followed";

/** A room, told by the event stream, which tells every five seconds by itself too. */
export function useRoom(assignment_id: number) {
  const queries = useQueryClient();
  const params = { params: { path: { assignment_id } } };
  const options = $api.queryOptions("get", "/api/v1/assignments/{assignment_id}/room", params);
  const followed = useFollowed(options, {
    events: `/api/v1/assignments/${assignment_id}/room/events`,
    askEveryMs: 5_000,
  });
  return { ...followed, reread: () => queries.invalidateQueries({ queryKey: options.queryKey }) };
}
