/** "7:05" or "07:05" or "1:07:05" in milliseconds; null where it is no time. */
export function parseTrackTime(text: string): number | null {
  const found = /^(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)$/.exec(text.trim().replace("：", ":").replace("：", ":"));
  if (!found) return null;
  const [, hours = "0", minutes, seconds] = found;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

/** Minutes and seconds: "24:05". */
export function formatTrackTime(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
