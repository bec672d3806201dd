import { describe, expect, test } from "vitest";
import { PieceCutter, type Piece } from "./piece-cutter";

const FRAME = 144;
const track = { bytesPerSecond: 6_000, sizeBytes: 100 * FRAME };

/** A hundred frames of our own kind; the fifth byte is the frame's number. */
function wholeTrack(): Uint8Array {
  const bytes = new Uint8Array(track.sizeBytes);
  for (let frame = 0; frame < 100; frame += 1) bytes.set([0xff, 0xf3, 0x64, 0xc0, frame], frame * FRAME);
  return bytes;
}

/** The numbers of the frames that are heard of a piece. */
function heard({ encoded, playMs, afterMs }: Piece): number[] {
  const numbers = Array.from({ length: encoded.length / FRAME }, (_, frame) => encoded[frame * FRAME + 4] ?? -1);
  const after = Math.round(afterMs / 24);
  return numbers.slice(numbers.length - after - Math.round(playMs / 24), numbers.length - after);
}

const frames = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

describe("pieces", () => {
  test.each([1_000, 1_440, 2_017, 5_000])(
    "ranges of %d bytes: every frame is heard once, in order, at its time",
    (size) => {
      const cutter = new PieceCutter(track);
      const bytes = wholeTrack();
      const numbers: number[] = [];
      for (let at = 0; at < bytes.length; at += size) {
        const piece = cutter.push(at, bytes.subarray(at, at + size));
        if (!piece) continue;
        expect(piece.startMs).toBeCloseTo(numbers.length * 24);
        numbers.push(...heard(piece));
      }
      expect(numbers).toEqual(frames(0, 100));
      expect(cutter.nextByte).toBe(track.sizeBytes);
    },
  );

  test("each but the first gives the decoder ten frames to find its feet", () => {
    const cutter = new PieceCutter(track);
    const bytes = wholeTrack();
    cutter.push(0, bytes.subarray(0, 30 * FRAME));
    const second = cutter.push(30 * FRAME, bytes.subarray(30 * FRAME, 60 * FRAME));
    expect(second?.encoded[4]).toBe(18);
    expect(second && heard(second)).toEqual(frames(28, 58));
  });

  test("after a gap, in the middle of a frame, it begins anew without the frames that come out wrong", () => {
    const cutter = new PieceCutter(track);
    const bytes = wholeTrack();
    cutter.push(0, bytes.subarray(0, 30 * FRAME));
    const after = cutter.push(50 * FRAME + 20, bytes.subarray(50 * FRAME + 20, 80 * FRAME));
    expect(after?.startMs).toBe(54 * 24);
    expect(after && heard(after)).toEqual(frames(54, 78));
  });

  test("too little for a piece waits for more", () => {
    const cutter = new PieceCutter(track);
    const bytes = wholeTrack();
    expect(cutter.push(0, bytes.subarray(0, FRAME + 3))).toBeNull();
    const piece = cutter.push(FRAME + 3, bytes.subarray(FRAME + 3, 10 * FRAME));
    expect(piece && heard(piece)).toEqual(frames(0, 8));
  });
});
