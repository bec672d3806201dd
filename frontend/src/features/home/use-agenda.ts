"use client";

import { $api } from "@/lib/api";

/** What is next for the person who is signed in, over all courses in one answer. */
export function useAgenda() {
  return $api.useQuery("get", "/api/v1/me/assignments");
}
