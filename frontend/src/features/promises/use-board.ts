"use client";

import { $api } from "@/lib/api";
import { useFollowed } from "@/lib/use-followed";

/** The board, told by the event stream. */
export function useBoard() {
  return useFollowed($api.queryOptions("get", "/api/v1/promises", {}), {
    events: "/api/v1/promises/events",
    askEveryMs: 10_000,
  });
}
