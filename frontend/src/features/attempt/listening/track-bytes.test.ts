import { expect, test } from "vitest";
import { byteAt, contentStart, nextRange, type Track } from "./track-bytes";

const track: Track = { bytesPerSecond: 6_000, sizeBytes: 9_000_000 };

test("begins at the server's position, never before it and never 10 s ahead", () => {
  for (let positionMs = 0; positionMs < 60_000; positionMs += 137) {
    for (let nextByte = 0; nextByte < 500_000; nextByte += 7_919) {
      const range = nextRange(nextByte, positionMs, track);
      if (!range) continue;
      const { first, last } = range;
      const isServed =
        first >= byteAt(positionMs, track) && last < byteAt(positionMs + 10_000, track) && first >= nextByte;
      expect(isServed, `${positionMs} ms, from ${nextByte}`).toBe(true);
    }
  }
});

test("asks for the next piece only when a whole one may be had", () => {
  expect(nextRange(0, 0, track)).toEqual({ first: 0, last: 23_999 });
  expect(nextRange(24_000, 100, track)).toEqual({ first: 24_000, last: 47_999 });
  expect(nextRange(48_000, 200, track)).toBeNull();
  expect(nextRange(48_000, 2_499, track)).toBeNull();
  expect(nextRange(48_000, 2_500, track)).toEqual({ first: 48_000, last: 71_999 });
});

test("the last bytes are asked for however few they are, and then nothing", () => {
  expect(nextRange(8_999_000, 1_499_000, track)).toEqual({ first: 8_999_000, last: 8_999_999 });
  expect(nextRange(9_000_000, 1_499_500, track)).toBeNull();
});

test("after a gap it goes on at the position", () => {
  expect(nextRange(24_000, 30_000, track)).toEqual({ first: 180_000, last: 203_999 });
});

test("the answer says where it begins", () => {
  expect(contentStart("bytes 6000-29999/9000000")).toBe(6_000);
  expect(contentStart("bytes */9000000")).toBeNull();
  expect(contentStart(null)).toBeNull();
});
