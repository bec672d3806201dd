/** Typing a mark from 0 to 15 without a field: two digits soon after each other are one number. */
export const HIGHEST = 15;
export const TOGETHER_MS = 900;

export interface Typed {
  mark: number | null;
  /** When the last digit came, in milliseconds of any one clock; null once it can no longer be joined. */
  at: number | null;
}

export const untouched: Typed = { mark: null, at: null };

/** What a key makes of the mark; the same object for a key that says nothing. */
export function press(now: Typed, key: string, at: number): Typed {
  if (/^\d$/.test(key)) return digit(now, Number(key), at);
  if (key === "ArrowUp") return step(now, 1);
  if (key === "ArrowDown") return step(now, -1);
  if (key === "Backspace" || key === "Delete") return untouched;
  return now;
}

function digit({ mark, at: before }: Typed, value: number, at: number): Typed {
  const joined = before !== null && at - before <= TOGETHER_MS && mark === 1 ? 10 + value : value;
  if (joined > HIGHEST) return { mark: value, at };
  return { mark: joined, at: joined >= 10 ? null : at };
}

function step({ mark }: Typed, by: number): Typed {
  const from = mark ?? (by > 0 ? -1 : HIGHEST + 1);
  return { mark: Math.min(HIGHEST, Math.max(0, from + by)), at: null };
}
