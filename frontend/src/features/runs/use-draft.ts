"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, take } from "@/lib/api";
import { asProblem } from "@/lib/problem";
import { begun, changed, isChanged, undone } from "./history";
import type { Based, Bodies, DraftLine, Drafted, StageName } from "./types";
import { runKey } from "./use-run";

const of = (run_id: number) => ({ params: { path: { run_id } } });

type Doors = {
  [Name in StageName]: {
    read: (run_id: number) => Promise<Drafted<Bodies[Name]>>;
    save: (run_id: number, body: Based<Bodies[Name]>) => Promise<Drafted<Bodies[Name]>>;
  };
};

/** What a draft is read as: the server leaves out nothing that has a default. */
const doors = {
  analysis: {
    read: (id: number) => take(api.GET("/api/v1/runs/{run_id}/analysis", of(id))),
    save: (id: number, body: Based<Bodies["analysis"]>) =>
      take(api.PUT("/api/v1/runs/{run_id}/analysis", { ...of(id), body })),
  },
  plan: {
    read: (id: number) => take(api.GET("/api/v1/runs/{run_id}/plan", of(id))),
    save: (id: number, body: Based<Bodies["plan"]>) => take(api.PUT("/api/v1/runs/{run_id}/plan", { ...of(id), body })),
  },
  questions: {
    read: (id: number) => take(api.GET("/api/v1/runs/{run_id}/questions", of(id))),
    save: (id: number, body: Based<Bodies["questions"]>) =>
      take(api.PUT("/api/v1/runs/{run_id}/questions", { ...of(id), body })),
  },
  criteria: {
    read: (id: number) => take(api.GET("/api/v1/runs/{run_id}/criteria", of(id))),
    save: (id: number, body: Based<Bodies["criteria"]>) =>
      take(api.PUT("/api/v1/runs/{run_id}/criteria", { ...of(id), body })),
  },
} as Doors;

/** What a stage made, newest draft first asked for; `draft_id` is the one the run names, so that a newer one is read. */
export function useStageBody<Name extends StageName>(run_id: number, stage: Name, draft_id: number | null) {
  return useQuery({
    queryKey: ["run", run_id, stage, draft_id],
    queryFn: () => doors[stage].read(run_id),
    enabled: draft_id !== null,
    placeholderData: (before) => before,
  });
}

export interface Worked<Body> {
  body: Body;
  draft: DraftLine;
  isChanged: boolean;
  canUndo: boolean;
  /** A newer draft than the one worked on is there: what is saved would be refused. */
  isStale: boolean;
  isSaving: boolean;
  problem: unknown;
  change: (next: Body) => void;
  undo: () => void;
  discard: () => void;
  save: () => void;
  /** What the server made of it: read as the newest. */
  took: (came: Drafted<Body>) => void;
}

/** A draft worked on in the page. A newer one is taken up by itself only where nothing would be lost. */
export function useWorked<Name extends StageName>(
  run_id: number,
  stage: Name,
  came: Drafted<Bodies[Name]>,
): Worked<Bodies[Name]> {
  const queries = useQueryClient();
  const [base, setBase] = useState(came);
  const [history, setHistory] = useState(() => begun<Bodies[Name]>(bodyOf(came)));
  const adopt = (next: Drafted<Bodies[Name]>) => {
    setBase(next);
    setHistory(begun<Bodies[Name]>(bodyOf(next)));
  };
  const hasChanged = isChanged(history);
  const isNewer = came.draft.version > base.draft.version;
  if (isNewer && !hasChanged) adopt(came);
  const took = (next: Drafted<Bodies[Name]>) => {
    adopt(next);
    queries.setQueryData(["run", run_id, stage, next.draft.id], next);
    void queries.invalidateQueries({ queryKey: runKey(run_id), exact: true });
    void queries.invalidateQueries({ queryKey: ["run", run_id, "trace"] });
  };
  const saving = useMutation({
    mutationFn: () => doors[stage].save(run_id, { ...history.now, base: base.draft.version }),
    onSuccess: took,
  });
  return {
    body: history.now,
    draft: base.draft,
    isChanged: hasChanged,
    canUndo: history.past.length > 0,
    isStale: (isNewer && hasChanged) || (saving.error !== null && asProblem(saving.error).code === "stale"),
    isSaving: saving.isPending,
    problem: saving.error,
    change: (next) => setHistory((it) => changed(it, next)),
    undo: () => setHistory(undone),
    discard: () => {
      saving.reset();
      adopt(isNewer ? came : base);
      void queries.invalidateQueries({ queryKey: ["run", run_id] });
    },
    save: () => saving.mutate(),
    took,
  };
}

function bodyOf<Body>({ draft: _, ...body }: Drafted<Body>): Body {
  return body as unknown as Body;
}
