/**
 * The exam clock in the browser: the server's remaining milliseconds, counted down on the monotonic clock.
 *
 * The device's date is never read, so changing it changes nothing. The monotonic clock may stand still while a device
 * sleeps: whoever shows the time asks the server again when the page wakes.
 */
import type { Schema } from "@/client/types";

export type AttemptClock = Schema<"AttemptClock">;
export type Part = Schema<"PartOut">;
export type PartKey = Part["key"];
export type Audio = Schema<"AudioOut">;
export type Replay = Schema<"ReplayOut">;

/** A clock answer and the monotonic moment at which it was true. */
export interface Reading {
  at: number;
  clock: AttemptClock;
}

/** The answer was made somewhere between asking and hearing: the middle is off by half of the way at the most. */
export function readingOf(clock: AttemptClock, askedAt: number, heardAt: number): Reading {
  return { at: (askedAt + heardAt) / 2, clock };
}

export function openPart(reading: Reading): Part | null {
  return reading.clock.parts.find((part) => part.state === "open") ?? null;
}

/** Milliseconds to the lock of a part; the whole duration while it has not begun. Never below 0. */
export function remainingMs(part: Part, reading: Reading, now: number): number {
  const passed = now - reading.at;
  if (part.state === "locked") return 0;
  const begun = part.state === "open" ? passed : Math.max(0, passed - part.starts_in_ms);
  return Math.max(0, part.remaining_ms - begun);
}

export function totalRemainingMs(reading: Reading, now: number): number | null {
  const { remaining_ms: whole } = reading.clock;
  return whole === null ? null : Math.max(0, whole - (now - reading.at));
}

/** When the picture changes by itself: the lock of the open part or the start of the next. Infinity: only the server knows. */
export function nextChangeMs(reading: Reading, now: number): number {
  const passed = now - reading.at;
  const isRunning = reading.clock.remaining_ms !== null;
  const changes = reading.clock.parts.flatMap((part) => {
    if (part.state === "open") return [part.remaining_ms - passed];
    return part.state === "pending" && isRunning ? [part.starts_in_ms - passed] : [];
  });
  return Math.min(...changes, Infinity);
}

/** The server's position in the track, in ms; null when nothing is played. */
export function trackPosition({ audio }: Pick<AttemptClock, "audio">, passed: number): number | null {
  if (audio.state === "playing") return Math.min(audio.duration_ms, audio.position_ms + passed);
  return audio.state === "pending" && passed >= audio.starts_in_ms ? passed - audio.starts_in_ms : null;
}

/** Where what is heard again stands at a monotonic moment, in ms; null before it was begun, beyond its duration once over. */
export function replayPosition({ at, clock }: Reading, now: number): number | null {
  const { replay } = clock.audio;
  if (replay?.state === "waiting") return null;
  return replay?.state === "playing" ? replay.position_ms + now - at : Infinity;
}

export type TimeNotice = "five" | "one";

/** The notice due when the time left went from one value to another; a page opened inside the last minutes gets it too. */
export function noticeBetween(before: number | null, now: number): TimeNotice | null {
  const passed = (mark: number) => (before === null || before > mark) && now <= mark && now > 0;
  if (passed(60_000)) return "one";
  return passed(300_000) ? "five" : null;
}

/** "29:05", and "1:09:40" from an hour on. Rounded up, so that 0:00 is shown when the time is over and not before. */
export function formatLeft(ms: number): string {
  const seconds = Math.ceil(Math.max(0, ms) / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const two = (value: number) => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
