import type { Schema } from "@/client/types";

/** Still to be worked on: in practice, or on an exam's clock. */
export function isOpen(attempt: Pick<Schema<"AttemptRow">, "state">): boolean {
  return attempt.state !== "closed" && attempt.state !== "marked";
}
