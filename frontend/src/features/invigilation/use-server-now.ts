"use client";

import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
let second = 0;

/** One timer for all clocks on the page: a room of two hundred has as many. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    second = Math.floor(Date.now() / 1000);
    listeners.forEach((tell) => tell());
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

/** The server's time now, to the second. `ahead`: how far it was before this browser's clock when it was last heard. */
export function useServerNow(ahead: number): number {
  const now = useSyncExternalStore(
    subscribe,
    () => second || Math.floor(Date.now() / 1000),
    () => 0,
  );
  return now * 1000 + ahead;
}
