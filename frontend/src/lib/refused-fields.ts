"use client";

import { ProblemError } from "@/lib/problem";
import { useWords } from "@/lib/words";

/** What the server says is wrong with an input, to be shown beside it: undefined where it says nothing of it. */
export function useRefusedFields(error: unknown): (name: string) => string | undefined {
  const words = useWords();
  const fields = error instanceof ProblemError ? error.fields : {};
  return (name) => {
    const found = fields[name];
    return found && words(found);
  };
}
