const FIRST_MS = 1_000;
const LONGEST_MS = 20_000;

/** How long to wait after so many failures in a row: doubling, and jittered so that a class does not come back as one. */
export function backOffMs(failures: number, random: () => number): number {
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return most * (0.5 + random() / 2);
}
