import { describe, expect, it } from "vitest";
import { formatTrackTime, parseTrackTime } from "./track-time";

describe("a time in a track", () => {
  it.each([
    ["0:00", 0],
    ["7:05", 425_000],
    [" 07:05 ", 425_000],
    ["7：05", 425_000],
    ["75:00", 4_500_000],
    ["1:15:00", 4_500_000],
  ])("%s is %i ms", (text, ms) => expect(parseTrackTime(text)).toBe(ms));
  it.each(["", "7", "7:5", "7:65", "-1:00", "a:00", "7:05.5"])("%s is none", (text) =>
    expect(parseTrackTime(text)).toBeNull(),
  );
  it("is read back as it was written", () => {
    for (const ms of [0, 425_000, 1_445_000]) expect(parseTrackTime(formatTrackTime(ms))).toBe(ms);
  });
});
