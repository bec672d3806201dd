"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { Schema } from "@/client/types";
import { useRouter } from "@/i18n/navigation";
import { api, take } from "@/lib/api";

type AttemptIn = Schema<"AttemptIn">;

/** Begins an attempt, or finds the one that is open, and goes there. Throws what the server refuses. */
export function useStartAttempt(): (wanted: Pick<AttemptIn, "paper" | "mode"> & Partial<AttemptIn>) => Promise<void> {
  const router = useRouter();
  const queries = useQueryClient();
  return async (wanted) => {
    const attempt = await take(api.POST("/api/v1/attempts", { body: { sections: [], ...wanted } }));
    await queries.invalidateQueries({ queryKey: ["get", "/api/v1/attempts"] });
    if (attempt) router.push(`/attempt/${attempt.id}`);
  };
}
