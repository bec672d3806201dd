import { describe, expect, it } from "vitest";
import { aQuestion, proven } from "@/test/runs";
import { countsOf, mayJoin, withQuestion, wrongOf } from "./question-rules";

describe("approving many at once", () => {
  it.each([
    ["proven", { blind: proven }, true],
    ["not proven", {}, false],
    ["failed its check", { blind: { ...proven, state: "failed" as const } }, false],
    ["there twice", { blind: proven, duplicate_of: "Q9" }, false],
    ["decided already", { blind: proven, state: "refused" as const }, false],
  ])("a question that is %s", (_, change, may) => expect(mayJoin(aQuestion(change))).toBe(may));

  it("counts what each filter shows", () => {
    const questions = [aQuestion(), aQuestion({ blind: proven }), aQuestion({ state: "approved", duplicate_of: "Q1" })];
    expect(countsOf(questions)).toEqual({ all: 3, waiting: 2, not_proven: 1, duplicate: 1, approved: 1, refused: 0 });
  });
});

describe("editing a question", () => {
  it("forgets what was proven of the old text, and its approval", () => {
    const body = {
      questions: [aQuestion({ blind: proven, state: "approved" }), aQuestion({ key: "Q2", blind: proven })],
    };
    const [first, second] = withQuestion(body, "Q1", { stem: "Why?" }).questions;
    expect(first).toMatchObject({ stem: "Why?", state: "waiting", blind: { state: "not_proven", answer: null } });
    expect(second?.blind.state).toBe("proven");
  });

  it("names what cannot be asked so", () => {
    const question = aQuestion();
    expect(wrongOf(question)).toEqual({ stem: false, choices: false, answer: false });
    expect(wrongOf({ ...question, stem: " ", answer: "C" })).toMatchObject({ stem: true, answer: true });
    expect(wrongOf({ ...question, choices: { A: "same", B: "same " } }).choices).toBe(true);
  });
});
