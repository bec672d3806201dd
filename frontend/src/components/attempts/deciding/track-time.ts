/** "3:07": a moment in the track, rounded down. */
export function momentOf(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** How long a stretch of it takes, never less than a second. */
export function secondsOf(ms: number): number {
  return Math.max(1, Math.round(ms / 1000));
}
