import { describe, expect, test } from "vitest";
import { markQuotes, splitBlanks } from "./marking-text";

describe("marking quotes", () => {
  const text = "Bees are shy. They dance. We watch.";

  test("cuts the text at the quotes, whatever their order", () => {
    expect(markQuotes(text, ["We watch.", "Bees are shy."])).toEqual([
      { text: "Bees are shy.", quote: 1 },
      { text: " They dance. ", quote: null },
      { text: "We watch.", quote: 0 },
    ]);
  });

  test.each([[["No such words"]], [[""]], [[]]])("%j marks nothing", (quotes) => {
    expect(markQuotes(text, quotes)).toEqual([{ text, quote: null }]);
  });

  test.each([[["They dance.", "dance. We"]], [["Bees", "shy", "watch"]]])(
    "%j: no letter is lost or doubled",
    (quotes) => {
      expect(
        markQuotes(text, quotes)
          .map((stretch) => stretch.text)
          .join(""),
      ).toBe(text);
    },
  );
});

test("blanks of a cloze", () => {
  expect(splitBlanks("He {{26}} the {{27}}.")).toEqual([
    { text: "He ", slot: null },
    { text: "", slot: "26" },
    { text: " the ", slot: null },
    { text: "", slot: "27" },
    { text: ".", slot: null },
  ]);
});
