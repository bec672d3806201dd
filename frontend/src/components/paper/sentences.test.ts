import { expect, test } from "vitest";
import { sentenceAt } from "./sentences";

const script = [
  {
    voice: "W",
    sentences: [
      { text: "One.", start_ms: 1_000, end_ms: 2_000 },
      { text: "Two.", start_ms: 2_300, end_ms: 4_000 },
    ],
  },
];

test.each([
  [500, null],
  [1_000, "One."],
  [2_100, "One."],
  [2_300, "Two."],
  [9_000, "Two."],
])("at %d ms: %s", (at, text) => {
  expect(sentenceAt(script, at)?.text ?? null).toBe(text);
});

test("a recording whose sentences nobody timed has none", () => {
  expect(sentenceAt([{ voice: "W", sentences: [{ text: "One.", start_ms: null, end_ms: null }] }], 5_000)).toBeNull();
  expect(sentenceAt(null, 5_000)).toBeNull();
});
