"use client";

import { useQuery } from "@tanstack/react-query";
import type { Schema } from "@/client/types";
import { timesOf } from "@/lib/ahead";
import { api } from "@/lib/api";
import { type Reading, readingOf } from "../clock/reading";

export type Attempt = Schema<"AttemptOut">;

export interface Loaded {
  attempt: Attempt;
  /** The clock that came with it, and when. */
  reading: Reading;
}

export function attemptKey(id: string) {
  return ["attempt", id] as const;
}

export function useAttempt(id: string) {
  return useQuery({ queryKey: attemptKey(id), queryFn: () => readAttempt(id), staleTime: 5_000 });
}

/** The clock was true when the answer was made, which may be before this page's scripts came (lib/ahead.ts). */
async function readAttempt(id: string): Promise<Loaded> {
  const begun = performance.now();
  const call = api.GET("/api/v1/attempts/{attempt_id}", { params: { path: { attempt_id: id } } });
  const { data: attempt, response } = await call;
  if (!attempt) throw new Error("An attempt was answered with nothing.");
  const { askedAt, heardAt } = timesOf(response) ?? { askedAt: begun, heardAt: performance.now() };
  return { attempt, reading: readingOf(attempt, askedAt, heardAt) };
}
