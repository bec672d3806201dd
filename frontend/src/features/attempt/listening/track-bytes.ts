/** Which bytes of a constant-bitrate track to ask for, and when. The server gives nothing before its position nor 10 s ahead. */

/** The server's limit less what a request may take and the clocks may differ. */
const AHEAD_MS = 9_500;
/** One request is for four seconds: short enough for the limit, long enough to be few. */
const PIECE_MS = 4_000;

export interface Track {
  bytesPerSecond: number;
  sizeBytes: number;
}

export interface ByteRange {
  first: number;
  /** Inclusive, as in a Range header. */
  last: number;
}

export function byteAt(ms: number, track: Track): number {
  return Math.min(track.sizeBytes, Math.floor((Math.max(0, ms) * track.bytesPerSecond) / 1000));
}

export function msAt(byte: number, track: Track): number {
  return (byte * 1000) / track.bytesPerSecond;
}

/**
 * The next range after what is there (`nextByte`), at the server's position; null while there is enough or nothing more.
 * What lies behind the position can no longer be had: the range begins at the position then, and the rest is a gap. The
 * server cuts off what fell behind while the request was on its way, and says where its answer begins.
 */
export function nextRange(nextByte: number, positionMs: number, track: Track): ByteRange | null {
  const first = Math.max(nextByte, byteAt(positionMs, track));
  const end = Math.min(first + byteAt(PIECE_MS, track), byteAt(positionMs + AHEAD_MS, track), track.sizeBytes);
  const whole = Math.min(byteAt(PIECE_MS, track), track.sizeBytes - first);
  return first < track.sizeBytes && end - first >= whole ? { first, last: end - 1 } : null;
}

/** "bytes 6000-29999/9000000" → where the answer begins; null for a header that says nothing. */
export function contentStart(header: string | null): number | null {
  const found = /^bytes (\d+)-\d+\//.exec(header ?? "");
  return found?.[1] === undefined ? null : Number(found[1]);
}
