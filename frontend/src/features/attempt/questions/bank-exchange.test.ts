import { expect, test } from "vitest";
import { nextEmpty, placeWord } from "./bank-exchange";

const values = new Map([
  ["26", "A"],
  ["27", "B"],
  ["28", ""],
]);

test("a free word goes into the blank", () => {
  expect([...placeWord(values, "28", "C")]).toEqual([["28", "C"]]);
});

test("a word of another blank: the two exchange", () => {
  expect([...placeWord(values, "26", "B")]).toEqual([
    ["26", "B"],
    ["27", "A"],
  ]);
  expect([...placeWord(values, "28", "A")]).toEqual([
    ["28", "A"],
    ["26", ""],
  ]);
});

test("taking a word out changes nothing else", () => {
  expect([...placeWord(values, "26", "")]).toEqual([["26", ""]]);
});

test("however words are placed, none is in two blanks", () => {
  const now = new Map(["26", "27", "28", "29"].map((slot) => [slot, ""]));
  let state = 7;
  const roll = (most: number) => (state = (state * 48_271) % 2_147_483_647) % most;
  for (let step = 0; step < 300; step += 1) {
    const slot = String(26 + roll(4));
    for (const [changed, letter] of placeWord(now, slot, "ABCDE"[roll(5)] ?? "A")) now.set(changed, letter);
    const used = [...now.values()].filter(Boolean);
    expect(new Set(used).size).toBe(used.length);
  }
});

test("the next blank without a word", () => {
  expect(nextEmpty(values, "26")).toBe("28");
  expect(nextEmpty(values, "28")).toBeNull();
});
