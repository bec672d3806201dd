import type { Schema } from "@/client/types";

export interface Named {
  name: string;
  percent: number;
}

/** What a chart shows; beside each stands a table with the same figures. */
export type Chart =
  | { kind: "spread"; bins: readonly number[] }
  | { kind: "bars"; rows: readonly Named[] }
  | { kind: "radar"; rows: readonly Named[] }
  | { kind: "trend"; rows: readonly Named[] }
  | { kind: "items"; rows: readonly Pick<Schema<"ItemRow">, "slot" | "facility" | "discrimination">[] };

/** With fewer axes a radar is a line or a sliver, with more its names lie on each other: bars say more then. */
const FEWEST_AXES = 3;
const MOST_AXES = 10;

export function skillChart(rows: readonly Named[]): Chart {
  const isRound = rows.length >= FEWEST_AXES && rows.length <= MOST_AXES;
  return { kind: isRound ? "radar" : "bars", rows };
}

/** "0–10 %" … "90–100 %". */
export function binName(at: number): string {
  return `${at * 10}–${at * 10 + 10}%`;
}
