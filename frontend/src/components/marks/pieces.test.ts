import { describe, expect, it } from "vitest";
import { piecesOf, type InlineMark } from "./pieces";

function mark(start: number, end: number): InlineMark {
  const reason = { zh: "", en: "" };
  return { kind: "grammar", quote: "", start, end, reason, better: null, is_serious: false };
}

describe("cutting a script at its marks", () => {
  it("keeps every letter and numbers the marks in the order of the text", () => {
    const pieces = piecesOf("He study hard.", [mark(9, 13), mark(3, 8)]);
    expect(pieces.map(({ text }) => text)).toEqual(["He ", "study", " ", "hard", "."]);
    expect(pieces.map(({ number }) => number)).toEqual([0, 1, 0, 2, 0]);
  });

  it("leaves out a mark that overlaps an earlier one or lies outside the text", () => {
    const pieces = piecesOf("He study.", [mark(3, 8), mark(5, 9), mark(8, 40)]);
    expect(pieces.map(({ text }) => text)).toEqual(["He ", "study", "."]);
  });

  it("counts characters as the server does", () => {
    expect(piecesOf("😀 He study", [mark(5, 10)]).map(({ text }) => text)).toEqual(["😀 He ", "study"]);
  });
});
