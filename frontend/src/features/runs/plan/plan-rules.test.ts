import { describe, expect, it } from "vitest";
import { aPlan } from "@/test/runs";
import { isExact, moved, overOf, placeOf, plannedHours, stepped, weeksOf, withRow } from "./plan-rules";

const keysOf = (plan: ReturnType<typeof aPlan>) => plan.sessions.map(({ rows }) => rows.map(({ key }) => key));

describe("moving hours", () => {
  it("takes a row to its new place and locks it there", () => {
    const plan = moved(aPlan(), "R1", { session: 2, at: 0 });
    expect(keysOf(plan as ReturnType<typeof aPlan>)).toEqual([["R2"], ["R1", "R3"]]);
    expect(plan.sessions[1]?.rows.map(({ locked }) => locked)).toEqual([true, false]);
  });

  it("says by how much each session is off, and keeps the whole", () => {
    const plan = moved(aPlan(), "R1", { session: 2, at: 1 });
    expect(plan.sessions.map(overOf)).toEqual([-1, 1]);
    expect(plannedHours(plan)).toBe(4);
    expect(isExact(plan)).toBe(false);
    expect(isExact(aPlan())).toBe(true);
  });

  it("steps within a session, then over its edge, and stops at both ends", () => {
    const later = stepped(aPlan(), "R1", 1);
    expect(placeOf(later, "R1")).toEqual({ session: 1, at: 1 });
    expect(placeOf(stepped(later, "R1", 1), "R1")).toEqual({ session: 2, at: 0 });
    expect(placeOf(stepped(aPlan(), "R3", -1), "R3")).toEqual({ session: 1, at: 2 });
    const plan = aPlan();
    expect(stepped(plan, "R1", -1)).toBe(plan);
    expect(stepped(plan, "R3", 1)).toBe(plan);
  });

  it("sets hours in halves, never to nothing, and locks them", () => {
    const row = (hours: number) => withRow(aPlan(), "R1", { hours }).sessions[0]?.rows[0];
    expect(row(1.3)).toMatchObject({ hours: 1.5, locked: true });
    expect(row(0)).toMatchObject({ hours: 0.5 });
  });
});

describe("the calendar", () => {
  it("shows weeks from Monday, and the weeks without class between two sessions", () => {
    const plan = aPlan();
    const [first, second] = plan.sessions;
    const weeks = weeksOf({ sessions: [first!, { ...second!, date: "2026-12-16" }] });
    expect(weeks.map(({ monday }) => monday)).toEqual(["2026-11-30", "2026-12-07", "2026-12-14"]);
    expect(weeks.map(({ days }) => days.findIndex((day) => day !== null))).toEqual([0, -1, 2]);
  });

  it("has none where sessions have no dates", () =>
    expect(weeksOf({ sessions: aPlan().sessions.map((session) => ({ ...session, date: null })) })).toEqual([]));
});
