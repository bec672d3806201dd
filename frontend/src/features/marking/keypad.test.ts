import { describe, expect, it } from "vitest";
import { press, TOGETHER_MS, untouched, type Typed } from "@/features/marking/keypad";

function type(keys: string, gap = 100): Typed {
  return [...keys].reduce((typed, key, index) => press(typed, key, index * gap), untouched);
}

describe("typing a mark", () => {
  it.each([
    ["0", 0],
    ["7", 7],
    ["1", 1],
    ["10", 10],
    ["15", 15],
  ])("reads %s", (keys, mark) => expect(type(keys).mark).toBe(mark));

  it("starts anew where the two digits would be more than fifteen", () => expect(type("16").mark).toBe(6));

  it("starts anew where two digits are no mark", () => expect(type("23").mark).toBe(3));

  it("starts anew after a pause", () => expect(type("12", TOGETHER_MS + 1).mark).toBe(2));

  it("does not join a third digit", () => expect(type("112").mark).toBe(2));

  it("goes one up and down and stays within the marks", () => {
    expect(press({ mark: 15, at: null }, "ArrowUp", 0).mark).toBe(15);
    expect(press({ mark: 0, at: null }, "ArrowDown", 0).mark).toBe(0);
    expect(press({ mark: 8, at: null }, "ArrowUp", 0).mark).toBe(9);
    expect(press(untouched, "ArrowUp", 0).mark).toBe(0);
    expect(press(untouched, "ArrowDown", 0).mark).toBe(15);
  });

  it("does not join a digit to a mark reached by arrows", () => {
    const one = press({ mark: 0, at: null }, "ArrowUp", 0);
    expect(press(one, "2", 10).mark).toBe(2);
  });

  it("forgets on Backspace and ignores other keys", () => {
    expect(press({ mark: 8, at: null }, "Backspace", 0).mark).toBeNull();
    const typed = { mark: 8, at: null };
    expect(press(typed, "x", 0)).toBe(typed);
  });
});
