import { cutFrames, durationMs, type Frame } from "./mp3-frames";
import { msAt, type Track } from "./track-bytes";

/** What a decoder gets, and which of its sound is to be heard: `playMs` long, `afterMs` before its end. */
export interface Piece {
  encoded: Uint8Array<ArrayBuffer>;
  /** Where in the track the heard part begins. */
  startMs: number;
  playMs: number;
  afterMs: number;
}

/** Frames given to the decoder before those that are heard: bit reservoir (at most 511 bytes back) and filter state. */
const BEFORE = 10;
/** Frames behind those that are heard, so that resampling has something to look at. They begin the next piece. */
const AFTER = 2;
/** After a gap there is nothing before: so many frames come out wrong and are not heard. */
const SETTLING = 3;

/** Turns byte ranges, as they come, into pieces that follow one another without a click. */
export class PieceCutter {
  private before: Uint8Array[] = [];
  private waiting: Uint8Array<ArrayBuffer> = new Uint8Array();
  private end = -1;

  constructor(private readonly track: Track) {}

  /** The byte after the last one pushed. */
  get nextByte(): number {
    return Math.max(0, this.end);
  }

  /** Null while the bytes do not make a piece yet. */
  push(first: number, bytes: Uint8Array): Piece | null {
    if (first !== this.end) {
      this.before = [];
      this.waiting = new Uint8Array();
    }
    this.end = first + bytes.length;
    const data = joined([this.waiting, bytes]);
    const { frames } = cutFrames(data);
    const heard = this.end >= this.track.sizeBytes ? frames : frames.slice(0, -AFTER);
    const settling = this.before.length === 0 && this.end - data.length > 0 ? SETTLING : 0;
    if (heard.length <= settling) {
      this.waiting = data;
      return null;
    }
    return this.cut(data, frames, heard, settling);
  }

  private cut(data: Uint8Array<ArrayBuffer>, frames: Frame[], heard: Frame[], settling: number): Piece {
    const dataStart = this.end - data.length;
    const start = heard[settling]?.offset ?? 0;
    const all = frames.map(({ offset, length }) => data.subarray(offset, offset + length));
    const encoded = joined([...this.before, ...all]);
    const last = heard[heard.length - 1];
    this.before = [...this.before, ...all.slice(0, heard.length)].slice(-BEFORE);
    this.waiting = data.slice(last ? last.offset + last.length : 0);
    return {
      encoded,
      startMs: msAt(dataStart + start, this.track),
      playMs: durationMs(heard.slice(settling)),
      afterMs: durationMs(frames.slice(heard.length)),
    };
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
