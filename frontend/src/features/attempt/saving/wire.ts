import type { Schema } from "@/client/types";
import type { ProblemError } from "@/lib/problem";

export type AnswerIn = Schema<"AnswerIn">;
export type Acknowledged = Schema<"Acknowledged">;

/** What became of one request, as the sender needs to know it. */
export type Reply =
  | { kind: "acknowledged"; acknowledged: Acknowledged[]; serverTime: string }
  /** No network, no answer in time, or a server that asks to come back: the same batch goes again. */
  | { kind: "unreachable"; waitMs: number }
  | { kind: "signed-out" }
  /** 403, 404, 409, 422: sending the same again would be refused again. */
  | { kind: "refused"; problem: ProblemError };

export type Send = (answers: AnswerIn[]) => Promise<Reply>;

export const MOST_ANSWERS = 200;
/** Below the server's limit of a body, and small enough to get through a poor network in one piece. */
export const MOST_CHARACTERS = 120_000;
/** Browsers refuse a `keepalive` body above 64 KiB, of all such requests together; CJK is three bytes a character. */
export const MOST_CHARACTERS_WHEN_LEAVING = 16_000;

/** As many answers, from the first, as one request may carry; always at least one. */
export function firstBatch<T extends { value: string }>(answers: readonly T[], most = MOST_CHARACTERS): T[] {
  let characters = 0;
  let count = 0;
  for (const answer of answers.slice(0, MOST_ANSWERS)) {
    characters += answer.value.length;
    if (count > 0 && characters > most) break;
    count += 1;
  }
  return answers.slice(0, count);
}
