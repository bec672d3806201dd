"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { $api } from "@/lib/api";
import { follow } from "@/lib/follow";
import type { Board } from "./rules";

const ASK_EVERY_MS = 10_000;

/** The board, told by the event stream; asked for while the stream is not there. */
export function useBoard() {
  const queries = useQueryClient();
  const [isLive, setLive] = useState(false);
  const [key] = useState($api.queryOptions("get", "/api/v1/promises", {}).queryKey);
  const query = $api.useQuery("get", "/api/v1/promises", {}, { refetchInterval: isLive ? false : ASK_EVERY_MS });
  const mayFollow = query.data !== undefined;
  useEffect(() => {
    if (!mayFollow) return;
    return follow<Board | null>("/api/v1/promises/events", {
      // Nothing is told to who may not see it any more: asking says why.
      onTold: (board) => (board ? queries.setQueryData(key, board) : void queries.invalidateQueries({ queryKey: key })),
      onLive: setLive,
    });
  }, [mayFollow, queries, key]);
  return { query, isLive };
}
