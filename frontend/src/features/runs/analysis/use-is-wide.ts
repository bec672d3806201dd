"use client";

import { useSyncExternalStore } from "react";

const WIDE = "(min-width: 64rem)";

function listen(tell: () => void): () => void {
  const media = window.matchMedia(WIDE);
  media.addEventListener("change", tell);
  return () => media.removeEventListener("change", tell);
}

/** Whether there is room beside a list. */
export function useIsWide(): boolean {
  return useSyncExternalStore(
    listen,
    () => window.matchMedia(WIDE).matches,
    () => false,
  );
}
