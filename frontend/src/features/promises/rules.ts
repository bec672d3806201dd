import type { Schema } from "@/client/types";

export type Board = Schema<"Board">;
export type Goal = Schema<"GoalOut">;

/** 15.94 → "16 ms", 0.5 → "0.5 ms", 1500 → "1.5 s". */
export function inTime(ms: number): string {
  if (ms >= 1000) return `${trimmed(ms / 1000, 2)} s`;
  return `${trimmed(ms, ms < 10 ? 1 : 0)} ms`;
}

/** Two decimals, since 99.95 and 99.5 % are different promises. */
export function inShare(share: number): string {
  return `${trimmed(share * 100, 2)}%`;
}

export function inUnit(unit: Goal["unit"], value: number): string {
  return unit === "ms" ? inTime(value) : inShare(value);
}

function trimmed(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)));
}

/** Of what may go wrong in a day, what is left: 0 to 1; null where there is none to use up. */
export function budgetLeft(goal: Goal): number | null {
  return goal.budget_used === null ? null : Math.max(0, 1 - goal.budget_used);
}

/** Those that are not kept first, then those that are, then those that nothing is known of; else as they stand. */
export function byUrgency(goals: readonly Goal[]): Goal[] {
  const rank = ({ is_kept }: Goal) => (is_kept === false ? 0 : is_kept ? 1 : 2);
  return [...goals].sort((one, other) => rank(one) - rank(other));
}

export interface Spark {
  /** Lines in a box of 100 × 24; an hour without a value is a gap. */
  lines: string[];
  low: number;
  high: number;
}

const HOURS = 24;
const HOUR_MS = 3_600_000;

/** Points stand at their hour, so that a service that was down for half a day does not look as if it had been there. */
export function sparkOf(trend: Goal["trend"], at: string): Spark | null {
  const end = Date.parse(at);
  const points = trend.flatMap(({ at: hour, value }) =>
    value === null ? [] : [{ back: Math.floor((end - Date.parse(hour)) / HOUR_MS), value }],
  );
  if (points.length === 0) return null;
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const place = ({ back, value }: { back: number; value: number }) => {
    const x = 100 - (Math.min(back, HOURS - 1) * 100) / (HOURS - 1);
    const y = high === low ? 12 : 22 - ((value - low) * 20) / (high - low);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  };
  const lines: string[][] = [];
  points.forEach((point, number) => {
    const before = points[number - 1];
    if (before && before.back - point.back <= 1) lines[lines.length - 1]?.push(place(point));
    else lines.push([place(point)]);
  });
  return { lines: lines.map((line) => line.join(" ")), low, high };
}
