"use client";

import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Schema } from "@/client/types";
import { api, take } from "@/lib/api";
import { useFollowed } from "@/lib/use-followed";
import { type Report, type ReportScript, reportKey } from "./use-report";

export type Marking = Schema<"MarkingNow">;
export type ScriptMarking = Marking["scripts"][number];
export type Written = Schema<"WrittenOut">;

/** The marks are shown already: what follows from them may wait until a class that hands in together has its marks. */
const BEHIND_MS = 2500;

export const markingKey = (attempt: string) => ["marking", attempt] as const;

/** What the engines have said so far, told by the event stream as it comes. */
export function useMarking(attempt: string): Marking | undefined {
  const options = queryOptions({
    queryKey: markingKey(attempt),
    queryFn: () =>
      take(api.GET("/api/v1/attempts/{attempt_id}/marking", { params: { path: { attempt_id: attempt } } })),
  });
  return useFollowed(options, {
    events: `/api/v1/attempts/${attempt}/marking/events`,
    askEveryMs: 1000,
    isUnderWay: (marking) => !marking.is_settled,
  }).query.data;
}

/** Sums and the estimate follow a mark: the report is read again when it was made before one that is shown by now. */
export function useReportOfMarks(attempt: string, report: Report | undefined, marking: Marking | undefined) {
  const queries = useQueryClient();
  const isBehind = report !== undefined && marking !== undefined && isOlder(report, marking);
  const seen = marking?.scripts.map(signOf).join();
  useEffect(() => {
    if (!isBehind) return;
    const timer = setTimeout(() => void queries.invalidateQueries({ queryKey: reportKey(attempt) }), BEHIND_MS);
    return () => clearTimeout(timer);
  }, [isBehind, seen, attempt, queries]);
}

/** Newer in a mark than the report is. What the report knows and this does not, was said after it. */
export function isOlder(report: Pick<Report, "scripts">, marking: Marking): boolean {
  return report.scripts.some((script) => {
    const now = marking.scripts.find(({ id }) => id === script.id);
    return now !== undefined && signOf(now) !== signOf(script) && lastOf(now) >= lastOf(script);
  });
}

function signOf({ state, machine }: Pick<ReportScript, "state" | "machine">): string {
  return [state, machine.builtin?.created_at, machine.model?.created_at].join(" ");
}

function lastOf({ machine }: Pick<ReportScript, "machine">): string {
  return [machine.builtin?.created_at ?? "", machine.model?.created_at ?? ""].sort().at(-1) ?? "";
}
