"use client";

import { useSyncExternalStore } from "react";
import { usePathname } from "@/i18n/navigation";

const never = () => () => undefined;

/** False on the server and during hydration, true after: for what only the browser knows. */
export function useIsInBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

/** The id in the address of a static page: of `/zh/courses/12` it is "12". Null until the browser's address is known. */
export function usePathId(): string | null {
  const path = usePathname();
  const isInBrowser = useIsInBrowser();
  return isInBrowser ? idOf(path) : null;
}

export function idOf(path: string): string | null {
  return /^\/[^/]+\/([^/]+)\/?$/.exec(path)?.[1] ?? null;
}
