/** A draft as it is worked on: what it was read as, what it was before each change, and what it is now. */
export interface History<Body> {
  read: Body;
  past: readonly Body[];
  now: Body;
}

const MOST_STEPS = 100;

export function begun<Body>(read: Body): History<Body> {
  return { read, past: [], now: read };
}

export function changed<Body>(history: History<Body>, next: Body): History<Body> {
  if (next === history.now) return history;
  return { ...history, past: [...history.past, history.now].slice(-MOST_STEPS), now: next };
}

export function undone<Body>(history: History<Body>): History<Body> {
  const before = history.past.at(-1);
  return before === undefined ? history : { ...history, past: history.past.slice(0, -1), now: before };
}

/** Compared by what it says: a change that was taken back leaves nothing to save. */
export function isChanged<Body>({ read, now }: History<Body>): boolean {
  return read !== now && JSON.stringify(read) !== JSON.stringify(now);
}
