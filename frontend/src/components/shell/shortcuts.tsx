"use client";

import dynamic from "next/dynamic";
import { useEffect, useEffectEvent } from "react";
import { create } from "zustand";
import { isElsewhere } from "@/lib/keys";

export interface Shortcut {
  /** One after the other or either: as they are to be read. */
  keys: readonly string[];
  /** What it does, in the reader's language. */
  does: string;
}

const LazyDialog = dynamic(() => import("@/components/shell/shortcuts-dialog").then((it) => it.ShortcutsDialog), {
  ssr: false,
});

interface Listed {
  page: readonly Shortcut[];
  isOpen: boolean;
}

const useListed = create<Listed>()(() => ({ page: [], isOpen: false }));

/** Tells the list under "?" what keys mean on this page, as long as it is open. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const key = JSON.stringify(shortcuts);
  useEffect(() => {
    useListed.setState({ page: JSON.parse(key) as Shortcut[] });
    return () => useListed.setState({ page: [] });
  }, [key]);
}

export function openShortcuts(): void {
  useListed.setState({ isOpen: true });
}

/** "?" anywhere lists the keys; "/" goes to the page's search. Stands once, around every page. */
export function Shortcuts() {
  const { page, isOpen } = useListed();
  const act = useEffectEvent((event: KeyboardEvent) => {
    if (isElsewhere(event)) return;
    if (event.key === "?") {
      event.preventDefault();
      openShortcuts();
    } else if (event.key === "/") {
      const search = document.querySelector<HTMLInputElement>('main input[type="search"]');
      if (search) event.preventDefault();
      search?.focus();
    }
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => act(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  return isOpen ? <LazyDialog page={page} onClose={() => useListed.setState({ isOpen: false })} /> : null;
}
