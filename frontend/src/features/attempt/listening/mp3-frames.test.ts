import { describe, expect, test } from "vitest";
import { cutFrames, durationMs } from "./mp3-frames";

/** MPEG-2 layer III, 48 kbit/s, 24 kHz, mono: the tracks that we make. 144 bytes and 24 ms each. */
function frames(count: number): Uint8Array {
  const bytes = new Uint8Array(count * 144);
  for (let frame = 0; frame < count; frame += 1) bytes.set([0xff, 0xf3, 0x64, 0xc0, frame % 256], frame * 144);
  return bytes;
}

describe("cutting a piece of mp3 at its frames", () => {
  test("a track of our own: 576 samples in 144 bytes", () => {
    const cut = cutFrames(frames(5));
    expect(cut.frames.map(({ offset }) => offset)).toEqual([0, 144, 288, 432, 576]);
    expect(cut.rest).toBe(720);
    expect(durationMs(cut.frames)).toBe(120);
  });

  test.each([1, 3, 100, 143])("a piece that begins %d bytes into a frame loses that frame only", (skip) => {
    const cut = cutFrames(frames(5).subarray(skip));
    expect(cut.frames.length).toBe(4);
    expect(cut.frames[0]?.offset).toBe(144 - skip);
  });

  test.each([0, 1, 77, 143])("pieces cut anywhere (%d) give every frame once when the rest is kept", (cutAt) => {
    const whole = frames(9);
    const first = cutFrames(whole.subarray(0, 144 * 4 + cutAt));
    const second = cutFrames(whole.subarray(first.rest));
    expect(first.frames.length + second.frames.length).toBe(9);
  });

  test("a header inside the sound, with none after it, is not a frame", () => {
    const bytes = frames(3);
    bytes.set([0xff, 0xf3, 0x64, 0xc0], 50);
    expect(cutFrames(bytes.subarray(20)).frames[0]?.offset).toBe(124);
  });

  test("nothing but noise has no frames", () => {
    expect(cutFrames(new Uint8Array(500).fill(7))).toEqual({ frames: [], rest: 500 });
  });

  test("MPEG-1 at 44.1 kHz pads some frames", () => {
    const bytes = new Uint8Array(417 + 418);
    bytes.set([0xff, 0xfb, 0x90, 0x64], 0);
    bytes.set([0xff, 0xfb, 0x92, 0x64], 417);
    expect(cutFrames(bytes).frames.map(({ length }) => length)).toEqual([417, 418]);
  });
});
