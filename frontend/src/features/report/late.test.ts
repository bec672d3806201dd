import { describe, expect, it } from "vitest";
import { formatLate, type LateValue, toggled } from "./late";

const value = (id: number): LateValue => ({
  id,
  seq: id,
  value: "A",
  saved_at: "2026-11-24T01:00:00Z",
  late_ms: 0,
  is_accepted: false,
  acceptances: [],
});

describe("time after the lock", () => {
  it.each([
    [0, "00:00"],
    [999, "00:00"],
    [1_000, "00:01"],
    [309_999, "05:09"],
    [3_599_999, "59:59"],
    [3_600_000, "1:00:00"],
    [90_061_000, "25:01:01"],
  ])("%i ms reads %s", (ms, text) => expect(formatLate(ms)).toBe(text));
});

describe("choosing late values", () => {
  it("keeps one for each item and lets go of it when it is chosen again", () => {
    const one = toggled(toggled(new Map(), "1", value(1)), "2", value(7));
    const other = toggled(one, "1", value(2));
    expect([...other].map(([slot, { id }]) => [slot, id])).toEqual([
      ["1", 2],
      ["2", 7],
    ]);
    expect([...toggled(other, "1", value(2)).keys()]).toEqual(["2"]);
  });
});
