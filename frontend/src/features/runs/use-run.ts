"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, take } from "@/lib/api";
import { follow } from "@/lib/follow";
import type { Run } from "./types";

/** As often as the stream would tell by itself. */
const ASK_EVERY_MS = 3_000;

export const runKey = (run_id: number) => ["run", run_id] as const;

/** A run that nobody works on changes only by what its reader does. */
export function isUnderWay(run: Pick<Run, "state" | "stages">): boolean {
  return run.state === "running" || run.stages.some((stage) => stage.state === "running" || stage.state === "returned");
}

/** A run, told by the event stream; asked for every few seconds while the stream is not there. */
export function useRun(run_id: number) {
  const queries = useQueryClient();
  const [isLive, setLive] = useState(false);
  const query = useQuery({
    queryKey: runKey(run_id),
    queryFn: () => take(api.GET("/api/v1/runs/{run_id}", { params: { path: { run_id } } })),
    refetchInterval: ({ state }) => (isLive || !state.data || !isUnderWay(state.data) ? false : ASK_EVERY_MS),
  });
  const mayFollow = query.data !== undefined && isUnderWay(query.data);
  useEffect(() => {
    if (!mayFollow) return;
    return follow<Run>(`/api/v1/runs/${run_id}/events`, {
      onTold: (run) => queries.setQueryData(runKey(run_id), run),
      onLive: setLive,
    });
  }, [mayFollow, run_id, queries]);
  return { query, isLive };
}
