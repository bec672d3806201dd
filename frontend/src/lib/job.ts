"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
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

/** Follows long work until it is done or failed: told by the event stream, asked for while the stream is not there. */
export function useJob(id: number | null) {
  const queries = useQueryClient();
  const [isLive, setLive] = useState(false);
  const params = { params: { path: { job_id: id ?? 0 } } };
  const [key, setKey] = useState(() => $api.queryOptions("get", "/api/v1/jobs/{job_id}", params).queryKey);
  if (key[2].params.path.job_id !== (id ?? 0)) {
    setKey($api.queryOptions("get", "/api/v1/jobs/{job_id}", params).queryKey);
  }
  const query = $api.useQuery("get", "/api/v1/jobs/{job_id}", params, {
    enabled: id !== null,
    refetchInterval: ({ state }) => (isLive || (state.data && isFinished(state.data)) ? false : ASK_EVERY_MS),
  });
  const isUnderWay = query.data !== undefined && !isFinished(query.data);
  useEffect(() => {
    if (id === null || !isUnderWay) return;
    return listen(id, (job) => queries.setQueryData(key, job), setLive);
  }, [id, isUnderWay, queries, key]);
  return query;
}

/** A stream that breaks is not waited for: asking goes on at once, and the browser opens it again beside that. */
function listen(id: number, onJob: (job: Job) => void, onLive: (isLive: boolean) => void): () => void {
  if (typeof EventSource === "undefined") return () => undefined;
  const source = new EventSource(`/api/v1/jobs/${id}/events`);
  source.onmessage = (event: MessageEvent<string>) => {
    onLive(true);
    onJob(JSON.parse(event.data) as Job);
  };
  source.onerror = () => onLive(false);
  return () => {
    source.close();
    onLive(false);
  };
}
