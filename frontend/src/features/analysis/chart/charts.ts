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

/** With fewer axes a radar is a line or a sliver, and bars say more. */
const FEWEST_AXES = 3;

export function skillChart(rows: readonly Named[]): Chart {
  return { kind: rows.length < FEWEST_AXES ? "bars" : "radar", rows };
}

/** "0–10 %" … "90–100 %". */
export function binName(at: number): string {
  return `${at * 10}–${at * 10 + 10}%`;
}
