"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { ProblemError } from "@/lib/problem";

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

export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(newQueryClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
