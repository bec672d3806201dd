const waiting = new Set<() => void>();
let isRunning = false;

function next(): void {
  const [work] = waiting;
  if (!work) {
    isRunning = false;
    return;
  }
  waiting.delete(work);
  // The next has its turn even where this one fails.
  setTimeout(next);
  work();
}

/** Does what takes a while in a task of its own, after what came before it: between two of them the page answers its person. Gives what takes it back. */
export function inTurn(work: () => void): () => void {
  waiting.add(work);
  if (!isRunning) {
    isRunning = true;
    setTimeout(next);
  }
  return () => void waiting.delete(work);
}
