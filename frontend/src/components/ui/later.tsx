"use client";

import { type ReactNode, useDeferredValue } from "react";

/** Its content comes one paint later than what is around it: a heading, or the tab that was pressed, does not wait for it. */
export function Later({ children }: { children: ReactNode }) {
  const isDue = useDeferredValue(true, false);
  return isDue ? children : <span aria-busy hidden />;
}
