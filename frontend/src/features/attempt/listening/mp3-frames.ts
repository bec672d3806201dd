/**
 * The frames of an mp3 stream (layer III), read from their headers: ISO 11172-3, ISO 13818-3.
 *
 * A track is played in pieces, and a decoder starts anew with each. So a piece is cut at frames, never inside one, and begins some
 * frames early: the first frames of a piece borrow bits from frames before it and come out wrong; what they sound like is cut off.
 */

export interface Frame {
  /** Where it begins in the bytes that were searched. */
  offset: number;
  length: number;
  samples: number;
  sampleRate: number;
}

export interface Cut {
  frames: Frame[];
  /** Where the first frame that is not there completely begins. */
  rest: number;
}

const BITRATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BITRATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const RATES: Record<number, [number, number, number]> = {
  3: [44_100, 48_000, 32_000],
  2: [22_050, 24_000, 16_000],
  0: [11_025, 12_000, 8_000],
};

/** The complete frames from the first one found. A header counts only where another follows it, or the bytes end there. */
export function cutFrames(bytes: Uint8Array): Cut {
  const frames: Frame[] = [];
  let at = firstFrame(bytes);
  for (;;) {
    const frame = frameAt(bytes, at);
    if (!frame || frame.offset + frame.length > bytes.length) return { frames, rest: at };
    frames.push(frame);
    at += frame.length;
  }
}

export function durationMs(frames: readonly Frame[]): number {
  return frames.reduce((sum, { samples, sampleRate }) => sum + (samples * 1000) / sampleRate, 0);
}

function firstFrame(bytes: Uint8Array): number {
  for (let at = 0; at + 4 <= bytes.length; at += 1) {
    const frame = frameAt(bytes, at);
    if (!frame) continue;
    const next = at + frame.length;
    if (next + 4 > bytes.length || frameAt(bytes, next)) return at;
  }
  return bytes.length;
}

function frameAt(bytes: Uint8Array, offset: number): Frame | null {
  const [sync = 0, kind = 0, form = 0] = bytes.subarray(offset, offset + 4);
  const isLayerThree = sync === 0xff && (kind & 0xe6) === 0xe2;
  if (!isLayerThree || offset + 4 > bytes.length) return null;
  const version = (kind >> 3) & 3;
  const sampleRate = RATES[version]?.[(form >> 2) & 3];
  const kilobits = (version === 3 ? BITRATES_1 : BITRATES_2)[form >> 4];
  if (!sampleRate || !kilobits) return null;
  const samples = version === 3 ? 1152 : 576;
  const length = Math.floor((samples / 8) * ((kilobits * 1000) / sampleRate)) + ((form >> 1) & 1);
  return { offset, length, samples, sampleRate };
}
