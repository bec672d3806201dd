import { describe, expect, it } from "vitest";
import { asRun, sessionsOf, startShape } from "./start-shape";

const typed = {
  ...{
    syllabus: "3",
    hours: "33",
    session_hours: "2" as const,
    starts_on: "",
    weekdays: [],
    engine: "builtin" as const,
  },
};

describe("starting a run", () => {
  it.each(["", "1", "201", "2.5", "三十"])("takes no %o hours", (hours) =>
    expect(startShape.safeParse({ ...typed, hours }).success).toBe(false),
  );

  it("asks for a date where weekdays are chosen", () => {
    expect(startShape.safeParse({ ...typed, weekdays: ["1"] }).success).toBe(false);
    expect(startShape.safeParse({ ...typed, weekdays: ["1"], starts_on: "2026-11-30" }).success).toBe(true);
  });

  it("sends numbers, weekdays in order, and no empty date", () => {
    expect(asRun({ ...typed, weekdays: ["4", "0"] })).toEqual({
      ...{ syllabus: 3, hours: 33, session_hours: 2, starts_on: null, weekdays: [0, 4], engine: "builtin" },
    });
  });

  it("says how many sessions it makes, the last one shorter", () => {
    expect(sessionsOf("33", "2")).toBe(17);
    expect(sessionsOf("1", "2")).toBeNull();
  });
});
