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
    const changed = ["/api/v1/attempts", "/api/v1/me/assignments"];
    await Promise.all(changed.map((path) => queries.invalidateQueries({ queryKey: ["get", path] })));
    if (attempt) router.push(`/attempt/${attempt.id}`);
  };
}
