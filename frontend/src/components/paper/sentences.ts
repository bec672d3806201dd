import type { Schema } from "@/client/types";

type Script = Schema<"PassageOut">["script"];
type Sentence = Schema<"Sentence">;

/** The sentence heard at a moment, or the last one before it (a pause between two); null before the first or without times. */
export function sentenceAt(script: Script, atMs: number): Sentence | null {
  const timed = (script ?? []).flatMap((turn) => turn.sentences).filter(({ start_ms }) => start_ms !== null);
  return timed.findLast(({ start_ms }) => (start_ms ?? 0) <= atMs) ?? null;
}
