"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { $api } from "@/lib/api";
import { follow } from "@/lib/follow";
import type { Room } from "./room-rules";

/** As often as the stream would tell by itself. */
const ASK_EVERY_MS = 5_000;

/** A room, told by the event stream; asked for every few seconds while the stream is not there. */
export function useRoom(assignment_id: number) {
  const queries = useQueryClient();
  const [isLive, setLive] = useState(false);
  const params = { params: { path: { assignment_id } } };
  const { queryKey } = $api.queryOptions("get", "/api/v1/assignments/{assignment_id}/room", params);
  const [key] = useState(queryKey);
  const query = $api.useQuery("get", "/api/v1/assignments/{assignment_id}/room", params, {
    refetchInterval: isLive ? false : ASK_EVERY_MS,
  });
  // Practice and rooms of others are refused for good: no stream is tried then.
  const mayFollow = query.data !== undefined;
  useEffect(() => {
    if (!mayFollow) return;
    return follow<Room>(`/api/v1/assignments/${assignment_id}/room/events`, {
      onTold: (room) => queries.setQueryData(key, room),
      onLive: setLive,
    });
  }, [mayFollow, assignment_id, queries, key]);
  return { query, isLive, reread: () => queries.invalidateQueries({ queryKey: key }) };
}
