"use client";

import { useQueryClient } from "@tanstack/react-query";
import { api, take } from "@/lib/api";
import type { Chosen } from "./late";
import { type Report, reportKey } from "./use-report";

/** A teacher lets late values count, or takes that back: the report that comes back is scored again. */
export function useLateDecisions(attempt: string) {
  const queries = useQueryClient();
  const show = (report: Report | undefined) => {
    if (report) queries.setQueryData<Report>(reportKey(attempt), report);
  };
  return {
    accept: async (chosen: Chosen) => {
      const values = [...chosen].map(([item, { seq, id }]) => ({ item, seq, id }));
      const params = { path: { attempt_id: attempt } };
      show(await take(api.POST("/api/v1/attempts/{attempt_id}/late-acceptances", { params, body: { values } })));
    },
    withdraw: async (item: string) => {
      const params = { path: { attempt_id: attempt, item } };
      show(await take(api.DELETE("/api/v1/attempts/{attempt_id}/late-acceptances/{item}", { params })));
    },
  };
}
