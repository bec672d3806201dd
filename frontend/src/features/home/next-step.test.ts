import { describe, expect, it } from "vitest";
import { nextStep } from "@/features/home/next-step";
import { anAssignment, anAttempt } from "@/test/things";

const now = new Date("2026-11-24T09:00:00Z");
const before = "2026-11-20T00:00:00Z";
const soon = "2026-11-25T00:00:00Z";
const later = "2026-11-30T00:00:00Z";

const due = anAssignment({ id: 1, my_opens_at: before, my_closes_at: later });
const runningExam = anAttempt({ id: "exam", mode: "exam", state: "reading" });
const openPractice = anAttempt({ id: "practice", mode: "practice", state: "practising" });

describe("a student's next step", () => {
  it("is the exam whose clock runs, before anything else", () => {
    expect(nextStep([openPractice, runningExam], [due], now)).toEqual({ kind: "continue", attempt: runningExam });
  });

  it("is what is due, before practice that was left open", () => {
    expect(nextStep([openPractice], [due], now)).toEqual({ kind: "assignment", assignment: due });
  });

  it("is of several the one that closes first, one without an end last", () => {
    const first = anAssignment({ id: 2, my_opens_at: null, my_closes_at: soon });
    const endless = anAssignment({ id: 3, my_opens_at: null, my_closes_at: null });
    expect(nextStep([], [endless, due, first], now)).toEqual({ kind: "assignment", assignment: first });
  });

  it("is what is required, before what closes sooner and is not", () => {
    const optional = anAssignment({ id: 2, is_required: false, my_opens_at: null, my_closes_at: soon });
    expect(nextStep([], [optional, due], now)).toEqual({ kind: "assignment", assignment: due });
  });

  it("is practice left open, where nothing is due", () => {
    expect(nextStep([openPractice], [], now)).toEqual({ kind: "continue", attempt: openPractice });
  });

  it.each([
    ["is done", { my_status: "completed" as const }],
    ["has not opened", { my_opens_at: soon }],
    ["closes this moment", { my_closes_at: now.toISOString() }],
  ])("is to practise, where all that is set %s", (_, change) => {
    expect(nextStep([], [{ ...due, ...change }], now)).toEqual({ kind: "practise" });
  });

  it("is not an attempt that is closed", () => {
    const closed = anAttempt({ state: "closed" });
    expect(nextStep([closed, anAttempt({ state: "marked" })], [], now)).toEqual({ kind: "practise" });
  });
});
