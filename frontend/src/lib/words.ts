"use client";

import { useLocale } from "next-intl";
import type { Schema } from "@/client/types";

/** Picks the reader's language from a sentence that the server sends in both. */
export function useWords(): (words: Schema<"Words">) => string {
  const locale = useLocale();
  return (words) => words[locale] || words.zh;
}
