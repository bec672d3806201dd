const KB = 1024;
const MB = KB * KB;

/** "0.8 MB", "312 KB": as people compare files. */
export function sizeOf(bytes: number): string {
  if (bytes >= MB) return `${(bytes / MB).toFixed(1)} MB`;
  return `${Math.ceil(bytes / KB)} KB`;
}
