"use client";

import type { Schema } from "@/client/types";
import { $api } from "@/lib/api";

const ASK_EVERY_MS = 1000;

export type Job = Schema<"JobOut">;

export function isFinished(job: Pick<Job, "state">): boolean {
  return job.state === "done" || job.state === "failed";
}

/** Per cent of a job's work done; null while the amount is not known. */
export function doneOf(job: Pick<Job, "state" | "done_steps" | "total_steps"> | undefined): number | null {
  if (!job || job.total_steps === 0) return null;
  return (100 * job.done_steps) / job.total_steps;
}

/** Follows long work until it is done or failed. */
export function useJob(id: number | null) {
  return $api.useQuery(
    "get",
    "/api/v1/jobs/{job_id}",
    { params: { path: { job_id: id ?? 0 } } },
    {
      enabled: id !== null,
      refetchInterval: (query) => (query.state.data && isFinished(query.state.data) ? false : ASK_EVERY_MS),
    },
  );
}
