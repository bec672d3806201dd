import { expect, test } from "vitest";
import { meaningOf } from "./keys";

test.each([
  ["a", { kind: "choose", letter: "A" }],
  ["D", { kind: "choose", letter: "D" }],
  ["o", { kind: "choose", letter: "O" }],
  ["p", null],
  ["x", { kind: "flag" }],
  ["j", { kind: "walk", by: 1 }],
  ["ArrowUp", { kind: "walk", by: -1 }],
  ["Backspace", { kind: "clear" }],
  ["Enter", null],
  ["F1", null],
])("%s", (key, meaning) => {
  expect(meaningOf(key)).toEqual(meaning);
});
