"use client";

import { useQuery } from "@tanstack/react-query";
import type { Schema } from "@/client/types";
import { api, take } from "@/lib/api";

export type Report = Schema<"Report">;
export type ReportItem = Schema<"ReportItem">;
export type ReportScript = Schema<"ReportScript">;

export function reportKey(attempt: string) {
  return ["report", attempt] as const;
}

const WAITING_MS = 60_000;
const MARKING_MS = 1000;
const MARKING_LOOKS = 60;

/**
 * Looks again now and then while an essay or translation waits, so that the page fills in when its mark comes; every second
 * while the engines are at it. A worker that is away for minutes is no longer waited for at that pace.
 */
export function useReport(attempt: string) {
  return useQuery({
    queryKey: reportKey(attempt),
    queryFn: () => take(api.GET("/api/v1/attempts/{attempt_id}/report", { params: { path: { attempt_id: attempt } } })),
    refetchInterval: ({ state }) => (state.data ? pauseOf(state.data, state.dataUpdateCount) : false),
  });
}

/** `looks`: how often the report has been read already. */
export function pauseOf({ scripts }: Pick<Report, "scripts">, looks: number): number | false {
  const open = scripts.filter(({ state }) => state !== "marked");
  if (looks < MARKING_LOOKS && open.some(({ machine }) => !machine.builtin || !machine.model)) return MARKING_MS;
  return open.some(({ state }) => state === "waiting") ? WAITING_MS : false;
}
