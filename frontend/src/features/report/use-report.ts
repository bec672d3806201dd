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

/** Looks again now and then while an essay or translation waits for its teacher. What engines say is told: `useMarking`. */
export function useReport(attempt: string) {
  return useQuery({
    queryKey: reportKey(attempt),
    queryFn: () => take(api.GET("/api/v1/attempts/{attempt_id}/report", { params: { path: { attempt_id: attempt } } })),
    refetchInterval: ({ state }) =>
      state.data?.scripts.some((script) => script.state === "waiting") ? WAITING_MS : false,
  });
}
