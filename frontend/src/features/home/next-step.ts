import type { Schema } from "@/client/types";
import { isOpen } from "@/components/attempts/is-open";

type Attempt = Schema<"AttemptRow">;
type Assignment = Schema<"AssignmentOut">;

export type NextStep =
  { kind: "continue"; attempt: Attempt } | { kind: "assignment"; assignment: Assignment } | { kind: "practise" };

/** The one thing to do now: an exam whose clock runs, then what is due soonest, then practice left open, else practice. */
export function nextStep(attempts: readonly Attempt[], assignments: readonly Assignment[], now: Date): NextStep {
  const exam = attempts.find((it) => isOpen(it) && it.mode === "exam");
  if (exam) return { kind: "continue", attempt: exam };
  const [due] = assignments.filter((it) => isDue(it, now)).sort(soonestFirst);
  if (due) return { kind: "assignment", assignment: due };
  const practice = attempts.find((it) => isOpen(it));
  return practice ? { kind: "continue", attempt: practice } : { kind: "practise" };
}

function isDue(assignment: Assignment, now: Date): boolean {
  const { my_status, my_opens_at, my_closes_at } = assignment;
  if (my_status === null || my_status === "completed") return false;
  const at = now.getTime();
  const isBegun = !my_opens_at || Date.parse(my_opens_at) <= at;
  const isOver = my_closes_at !== null && Date.parse(my_closes_at) <= at;
  return isBegun && !isOver;
}

/** Required before optional, then by the end of the window; without an end last. */
function soonestFirst(a: Assignment, b: Assignment): number {
  if (a.is_required !== b.is_required) return a.is_required ? -1 : 1;
  return end(a) - end(b);
}

function end(assignment: Assignment): number {
  return assignment.my_closes_at ? Date.parse(assignment.my_closes_at) : Number.MAX_SAFE_INTEGER;
}
