"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { forgetAhead } from "@/lib/ahead";
import { ProblemError } from "@/lib/problem";
import { useAppStore } from "@/lib/store";

const TRIES = 2;

/** A refusal is an answer: only what may pass by itself (no network, 5xx) is tried again. */
export function mayPass(failures: number, error: unknown): boolean {
  const passing = error instanceof ProblemError && (error.isOffline || error.status >= 500);
  return passing && failures < TRIES;
}

export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: mayPass, staleTime: 15_000, gcTime: 10 * 60_000 },
      mutations: { retry: false },
    },
  });
}

/** What was read for one person leaves memory when they go, by whichever door: the next one here must not see it. */
export function forgetWithThePerson(client: QueryClient): () => void {
  return useAppStore.subscribe(
    ({ session }) => session,
    (session) => {
      if (session !== "out") return;
      client.clear();
      forgetAhead();
    },
  );
}

export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(newQueryClient);
  useEffect(() => forgetWithThePerson(client), [client]);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
