import { describe, expect, it } from "vitest";
import { anItemRow, anItemView } from "@/test/things";
import { allChoices, index, needsAWord, one, ordered, percent, textOf } from "./analysis-rules";

const easy = anItemRow({ slot: "1", facility: 0.95, discrimination: 0.1, flags: ["easy"] });
const hard = anItemRow({ slot: "2", facility: 0.2, discrimination: 0.5, flags: ["hard"] });
const unknown = anItemRow({ slot: "3", facility: 0.5, discrimination: null });

describe("the items", () => {
  it("stand as in the paper, hardest first, or what divides least first", () => {
    const slots = (order: Parameters<typeof ordered>[1]) =>
      ordered([easy, hard, unknown], order).map(({ slot }) => slot);
    expect(slots("paper")).toEqual(["1", "2", "3"]);
    expect(slots("facility")).toEqual(["2", "3", "1"]);
    expect(slots("discrimination")).toEqual(["1", "2", "3"]);
  });

  it("need a word when something is wrong with them, not when they are easy", () => {
    expect([easy, hard, unknown].map(needsAWord)).toEqual([false, true, false]);
  });
});

it("figures read as a teacher writes them", () => {
  expect(percent(0.389)).toBe("39%");
  expect([0.3, -0.125, null].map(index)).toEqual(["0.30", "−0.13", "–"]);
  expect([12.34, 12, null].map(one)).toEqual(["12.3", "12", "–"]);
});

const answer = (letter: string, count: number) => ({ letter, count, is_key: letter === "D", trap: null, students: [] });

describe("the choices of an item", () => {
  it("are all four, chosen or not, then what was never offered, the blank last", () => {
    const view = anItemView({ choices: [answer("", 2), answer("Z", 1), answer("B", 3)] });
    const found = allChoices(view).map(({ letter, count }) => [letter, count]);
    expect(found).toEqual([
      ["A", 0],
      ["B", 3],
      ["C", 0],
      ["D", 0],
      ["Z", 1],
      ["", 2],
    ]);
    expect(allChoices(view)[3]?.is_key).toBe(true);
  });

  it("of a bank are those that somebody chose, and the key", () => {
    const base = anItemView();
    const bank = "ABCDEFGHIJKLMNO".split("").map((letter) => ({ letter, text: `word${letter}` }));
    const view = anItemView({
      item: { ...base.item, kind: "banked_cloze", choices: [] },
      passage: { ...base.passage!, kind: "cloze", bank },
      choices: [answer("K", 4)],
    });
    expect(allChoices(view).map(({ letter }) => letter)).toEqual(["D", "K"]);
    expect(textOf(view, "K")).toBe("wordK");
    expect(textOf(view, "?")).toBe("");
  });
});
