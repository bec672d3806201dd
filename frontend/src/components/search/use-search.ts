"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { operations } from "@/client/schema";
import { $api } from "@/lib/api";

export type Filters = Omit<NonNullable<operations["siji_courses_search_api_search"]["parameters"]["query"]>, "q">;

/** Long enough that a fast typist asks once a word, short enough to feel like while typing. */
const PAUSE_MS = 150;

/** A value once it has rested. */
export function useRested<Value>(value: Value, pauseMs = PAUSE_MS): Value {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return rested;
}

/** What is found for some words; what was found before stays until it is there. Nothing is asked for no words. */
export function useSearch(words: string, filters: Filters) {
  return $api.useQuery(
    "get",
    "/api/v1/search",
    { params: { query: { q: words, ...filters } } },
    { enabled: words !== "", placeholderData: keepPreviousData },
  );
}
