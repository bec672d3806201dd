import { describe, expect, test } from "vitest";
import {
  type AttemptClock,
  formatLeft,
  nextChangeMs,
  noticeBetween,
  openPart,
  type Part,
  readingOf,
  remainingMs,
  replayPosition,
  totalRemainingMs,
  trackPosition,
} from "./reading";

const MINUTE = 60_000;

function part(key: Part["key"], state: Part["state"], startsIn: number, remaining: number, duration: number): Part {
  return { key, state, slots: [], starts_in_ms: startsIn, remaining_ms: remaining, duration_ms: duration };
}

const audio: AttemptClock["audio"] = {
  state: "pending",
  url: "",
  origin: "",
  position_ms: 0,
  starts_in_ms: 10 * MINUTE,
  duration_ms: 25 * MINUTE,
  bytes_per_second: 6000,
  size_bytes: 9_000_000,
  replay: null,
};

/** Twenty minutes into writing. */
const clock: AttemptClock = {
  state: "writing",
  server_time: "2026-11-24T01:30:00Z",
  remaining_ms: 110 * MINUTE,
  parts: [
    part("writing", "open", 0, 10 * MINUTE, 30 * MINUTE),
    part("listening", "pending", 10 * MINUTE, 25 * MINUTE, 25 * MINUTE),
  ],
  audio,
};
const reading = readingOf(clock, 1_000, 1_200);

describe("time left", () => {
  test("counts from the middle of asking and hearing", () => {
    expect(reading.at).toBe(1_100);
    expect(remainingMs(clock.parts[0]!, reading, 1_100 + MINUTE)).toBe(9 * MINUTE);
    expect(totalRemainingMs(reading, 1_100 + MINUTE)).toBe(109 * MINUTE);
  });

  test("a part that has not begun has all its time; once begun it runs, and never below zero", () => {
    const listening = clock.parts[1]!;
    expect(remainingMs(listening, reading, 1_100 + 9 * MINUTE)).toBe(25 * MINUTE);
    expect(remainingMs(listening, reading, 1_100 + 12 * MINUTE)).toBe(23 * MINUTE);
    expect(remainingMs(listening, reading, 1_100 + 99 * MINUTE)).toBe(0);
  });

  test("the device's date has no say", () => {
    const before = remainingMs(clock.parts[0]!, reading, 61_100);
    const real = Date.now;
    Date.now = () => real() + 3_600_000;
    try {
      expect(remainingMs(clock.parts[0]!, reading, 61_100)).toBe(before);
    } finally {
      Date.now = real;
    }
  });

  test("the next change is the lock of what is open, and before a room starts only the server knows", () => {
    expect(openPart(reading)?.key).toBe("writing");
    expect(nextChangeMs(reading, 1_100 + MINUTE)).toBe(9 * MINUTE);
    const waiting = {
      ...clock,
      remaining_ms: null,
      parts: clock.parts.map((each) => ({ ...each, state: "pending" as const })),
    };
    expect(nextChangeMs(readingOf(waiting, 0, 0), 0)).toBe(Infinity);
  });
});

test("the track is where the server is, from the moment it begins to its end", () => {
  expect(trackPosition(clock, 9 * MINUTE)).toBeNull();
  expect(trackPosition(clock, 10 * MINUTE + 400)).toBe(400);
  const playing = { audio: { ...audio, state: "playing" as const, position_ms: 5_000 } };
  expect(trackPosition(playing, 1_000)).toBe(6_000);
  expect(trackPosition(playing, 99 * MINUTE)).toBe(25 * MINUTE);
  expect(trackPosition({ audio: { ...audio, state: "over" } }, 0)).toBeNull();
});

test.each([
  [5 * MINUTE + 1, 5 * MINUTE, "five"],
  [5 * MINUTE, 5 * MINUTE - 1, null],
  [null, 3 * MINUTE, "five"],
  [null, 30_000, "one"],
  [MINUTE + 1, MINUTE, "one"],
  [2 * MINUTE, 0, null],
  [null, 20 * MINUTE, null],
])("from %s to %s ms: notice %s", (before, now, notice) => {
  expect(noticeBetween(before, now)).toBe(notice);
});

test.each([
  [0, "0:00"],
  [1, "0:01"],
  [59_001, "1:00"],
  [29 * MINUTE + 5_000, "29:05"],
  [69 * MINUTE + 40_000, "1:09:40"],
])("%d ms reads %s", (ms, text) => {
  expect(formatLeft(ms)).toBe(text);
});

test("what is heard again stands still until it is begun, then runs on the monotonic clock, and is over", () => {
  const replay = {
    id: 1,
    url: "",
    ends_in_ms: 0,
    position_ms: 0,
    duration_ms: 8_000,
    bytes_per_second: 6000,
    size_bytes: 1,
  };
  const at = (state: "waiting" | "playing" | "over", position_ms = 0) => ({
    at: 1_000,
    clock: { ...clock, audio: { ...audio, replay: { ...replay, state, position_ms } } },
  });
  expect(replayPosition(at("waiting"), 5_000)).toBeNull();
  expect(replayPosition(at("playing", 2_000), 4_500)).toBe(5_500);
  expect(replayPosition(at("playing", 2_000), 9_500)).toBeGreaterThan(8_000);
  expect(replayPosition(at("over"), 1_000)).toBe(Infinity);
});
