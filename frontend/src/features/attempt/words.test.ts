import { expect, test } from "vitest";
import { countWords } from "./words";

// The same cases as siji/language/tests/test_text.py: the page and the marker must never disagree about a length.
test.each([
  ["", 0],
  ["I don't know.", 3],
  ["a well-known, twenty-year-old house", 4],
  ["It rose by 3.5% to 1,250 at 10:30.", 8],
  ["the 20th of May, 2026", 5],
  ["He lives in the U.S. now.", 6],
  ["end.Next", 2],
  ["and/or", 2],
  ["rock 'n' roll", 3],
  ["students’ rooms – all of them—twice", 6],
  ["我喜欢 spring festival，and you", 4],
  ["five o'clock ... !!!", 2],
  ["a café", 2],
  ["COVID-19 and MP3", 3],
])("%j is %d words", (text, count) => {
  expect(countWords(text)).toBe(count);
});
