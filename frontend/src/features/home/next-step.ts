import type { Schema } from "@/client/types";
import { isOpen } from "@/components/attempts/is-open";

type Attempt = Schema<"AttemptRow">;
export type Work = Schema<"Work">;

export type NextStep = { kind: "continue"; attempt: Attempt } | { kind: "work"; work: Work } | { kind: "practise" };

/** The one thing to do now: an exam whose clock runs, then what is due soonest, then practice left open, else practice. */
export function nextStep(attempts: readonly Attempt[], agenda: readonly Work[]): NextStep {
  const exam = attempts.find((it) => isOpen(it) && it.mode === "exam");
  if (exam) return { kind: "continue", attempt: exam };
  const work = agenda.find(canBeDone);
  if (work) return { kind: "work", work };
  const practice = attempts.find((it) => isOpen(it));
  return practice ? { kind: "continue", attempt: practice } : { kind: "practise" };
}

/** The server puts first what is due first; this says only whether there is something to do about it now. */
export function canBeDone({ next }: Pick<Work, "next">): boolean {
  return next === "continue" || next === "enter_room" || next === "start" || next === "start_late";
}

/** What is still to come or to be done, and what was missed: not what has been handed in. */
export function isPending({ state, next }: Pick<Work, "state" | "next">): boolean {
  return state !== "closed" && next !== "nothing";
}
