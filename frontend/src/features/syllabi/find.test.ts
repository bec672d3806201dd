import { describe, expect, it } from "vitest";
import { cut, find } from "@/features/syllabi/find";

const texts = ["第一章 听力理解", "Listening comprehension (A+B)", "听 力 策略，听力技巧"];

describe("finding in a syllabus", () => {
  it("names every place", () =>
    expect(find(texts, "听力")).toEqual([
      { block: 0, at: 4 },
      { block: 2, at: 7 },
    ]));
  it("looks over the spaces that stand in what is sought", () => expect(find(texts, "听 力")).toHaveLength(3));
  it("does not mind case", () => expect(find(texts, "LISTENING")).toEqual([{ block: 1, at: 0 }]));
  it("takes signs for what they are", () => {
    expect(find(texts, "(A+B)")).toEqual([{ block: 1, at: 24 }]);
    expect(find(texts, ".*")).toEqual([]);
  });
  it("finds nothing where nothing is sought", () => expect(find(texts, "  ")).toEqual([]));
});

describe("cutting a text", () => {
  it("leaves the places at every second part", () =>
    expect(cut("听力与听力", "听力")).toEqual(["", "听力", "与", "听力", ""]));
  it("leaves it whole where nothing is sought", () => expect(cut("听力", "")).toEqual(["听力"]));
});
