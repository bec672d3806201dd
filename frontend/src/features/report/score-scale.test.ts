import { expect, test } from "vitest";
import { placeOf } from "./score-scale";

test.each([
  [220, 0],
  [710, 100],
  [465, 50],
  [0, 0],
  [999, 100],
])("%d lies at %d %%", (score, place) => {
  expect(placeOf(score)).toBe(place);
});

test("a section has its own scale", () => {
  expect(placeOf(124.5, 0, 249)).toBe(50);
});
