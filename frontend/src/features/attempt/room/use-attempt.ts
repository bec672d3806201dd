"use client";

import { useQuery } from "@tanstack/react-query";
import type { Schema } from "@/client/types";
import { api, take } from "@/lib/api";
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

async function readAttempt(id: string): Promise<Loaded> {
  const askedAt = performance.now();
  const attempt = await take(api.GET("/api/v1/attempts/{attempt_id}", { params: { path: { attempt_id: id } } }));
  if (!attempt) throw new Error("An attempt was answered with nothing.");
  return { attempt, reading: readingOf(attempt, askedAt, performance.now()) };
}
