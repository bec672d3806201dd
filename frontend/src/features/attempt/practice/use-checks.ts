"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Schema } from "@/client/types";
import { api, take } from "@/lib/api";
import { asProblem, ProblemError } from "@/lib/problem";
import type { Check } from "../room/room-context";
import { attemptKey } from "../room/use-attempt";
import type { AnswerSheet } from "../saving/answer-sheet";

type Checks = Schema<"ChecksOut">;

const SAVE_MS = 10_000;

/** The keys that have been looked up in this practice, and how to look up more. */
export function useChecks(attempt: string, sheet: AnswerSheet) {
  const queries = useQueryClient();
  const key = ["checks", attempt];
  const path = { params: { path: { attempt_id: attempt } } };
  const { data, error, isPending, refetch } = useQuery({
    queryKey: key,
    queryFn: () => take(api.GET("/api/v1/attempts/{attempt_id}/checks", path)),
    staleTime: Infinity,
  });
  const checks = useMemo<ReadonlyMap<string, Check>>(
    () => new Map(data?.checked.map((one) => [one.item, one])),
    [data],
  );

  const check = async (items: string[]) => {
    // The answer as the server has it is the one that counts, so it must be there first.
    if (!(await sheet.settled(SAVE_MS))) throw new ProblemError(0, "unsaved", notSaved);
    const more = await take(api.POST("/api/v1/attempts/{attempt_id}/checks", { ...path, body: { items } })).catch(
      async (error: unknown) => {
        // Set as an exam while this page was open: what only practice shows goes, and the page says why.
        if (asProblem(error).code === "paper_is_set") {
          await Promise.all([key, attemptKey(attempt)].map((queryKey) => queries.invalidateQueries({ queryKey })));
        }
        throw error;
      },
    );
    if (more) queries.setQueryData<Checks>(key, (before) => merged(before, more));
  };
  return { checks, references: data?.references ?? {}, check, isPending, error, refetch: () => void refetch() };
}

function merged(before: Checks | undefined, more: Checks): Checks {
  const items = new Set(more.checked.map(({ item }) => item));
  const others = before?.checked.filter(({ item }) => !items.has(item)) ?? [];
  const references = { ...before?.references, ...more.references };
  return { checked: [...others, ...more.checked], references, withheld: more.withheld };
}

const notSaved = {
  zh: "作答还没有传到服务器，请检查网络后再核对。",
  en: "Your answer has not reached the server: check your network, then look up the key.",
};
