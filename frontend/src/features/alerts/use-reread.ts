"use client";

import { useQueryClient } from "@tanstack/react-query";

type Path = "/api/v1/alerts" | "/api/v1/alert-rules" | "/api/v1/silences" | "/api/v1/channels";

/** Reads one of the lists again after something in it was changed. */
export function useReread(path: Path): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["get", path] });
}
