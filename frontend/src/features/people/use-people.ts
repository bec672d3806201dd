"use client";

import { useQueryClient } from "@tanstack/react-query";

export function useRereadPeople(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["get", "/api/v1/users"] });
}
