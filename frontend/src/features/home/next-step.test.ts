import { describe, expect, it } from "vitest";
import { isPending, nextStep } from "@/features/home/next-step";
import { aWork, anAttempt } from "@/test/things";

const due = aWork({ id: 1 });
const runningExam = anAttempt({ id: "exam", mode: "exam", state: "reading" });
const openPractice = anAttempt({ id: "practice", mode: "practice", state: "practising" });

describe("a student's next step", () => {
  it("is the exam whose clock runs, before anything else", () => {
    expect(nextStep([openPractice, runningExam], [due])).toEqual({ kind: "continue", attempt: runningExam });
  });

  it("is what is due, before practice that was left open", () => {
    expect(nextStep([openPractice], [due])).toEqual({ kind: "work", work: due });
  });

  it("is the first that can be done, in the server's order", () => {
    const wait = aWork({ id: 2, next: "wait" });
    const late = aWork({ id: 3, next: "start_late" });
    expect(nextStep([], [wait, late, due])).toEqual({ kind: "work", work: late });
  });

  it("is practice left open, where nothing is due", () => {
    expect(nextStep([openPractice], [])).toEqual({ kind: "continue", attempt: openPractice });
  });

  it.each(["wait", "read_report", "ask_teacher", "nothing"] as const)(
    "is to practise, where one can only %s",
    (next) => {
      expect(nextStep([], [{ ...due, next }])).toEqual({ kind: "practise" });
    },
  );

  it("is not an attempt that is closed", () => {
    expect(nextStep([anAttempt({ state: "closed" }), anAttempt({ state: "marked" })], [])).toEqual({
      kind: "practise",
    });
  });
});

describe("what is still to be done", () => {
  it.each([
    ["not_started", "start", true],
    ["not_started", "nothing", false],
    ["in_progress", "continue", true],
    ["missed", "ask_teacher", true],
    ["closed", "read_report", false],
  ] as const)("%s with %s: %s", (state, next, expected) => expect(isPending({ state, next })).toBe(expected));
});
