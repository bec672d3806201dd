import type { Schema } from "@/client/types";

type Assignment = Schema<"AssignmentOut">;
type Window = "upcoming" | "open" | "closed";

/** Where a moment lies in a window without bounds on the sides that are null. */
export function windowOf(opensAt: string | null, closesAt: string | null, now: Date): Window {
  const at = now.getTime();
  if (opensAt && Date.parse(opensAt) > at) return "upcoming";
  return closesAt && Date.parse(closesAt) <= at ? "closed" : "open";
}

/** What a student can do with an assignment now. */
export function canStart(assignment: Assignment, now: Date): boolean {
  const { my_status, my_opens_at, my_closes_at, attempts_allowed } = assignment;
  if (my_status === "in_progress") return true;
  if (windowOf(my_opens_at, my_closes_at, now) !== "open") return false;
  return my_status === "not_started" || attempts_allowed > 1;
}
