"use client";

import { queryOptions } from "@tanstack/react-query";
import { api, take } from "@/lib/api";
import { useFollowed } from "@/lib/use-followed";
import type { Run } from "./types";

export const runKey = (run_id: number) => ["run", run_id] as const;

/** A run that nobody works on changes only by what its reader does. */
export function isUnderWay(run: Pick<Run, "state" | "stages">): boolean {
  return run.state === "running" || run.stages.some((stage) => stage.state === "running" || stage.state === "returned");
}

/** A run, told by the event stream. */
export function useRun(run_id: number) {
  const options = queryOptions({
    queryKey: runKey(run_id),
    queryFn: () => take(api.GET("/api/v1/runs/{run_id}", { params: { path: { run_id } } })),
  });
  return useFollowed(options, { events: `/api/v1/runs/${run_id}/events`, askEveryMs: 3_000, isUnderWay });
}
