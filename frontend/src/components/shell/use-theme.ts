"use client";

import { useEffect } from "react";
import { useAppStore, type Theme } from "@/lib/store";

const DARK = "(prefers-color-scheme: dark)";

/** Keeps the page's colours in step with the preference and, where it says so, with the system. */
export function useTheme(): void {
  const theme = useAppStore((state) => state.preferences.theme);
  useEffect(() => void useAppStore.persist.rehydrate(), []);
  useEffect(() => {
    const system = window.matchMedia(DARK);
    const show = () => (document.documentElement.dataset.theme = shown(theme, system.matches));
    show();
    system.addEventListener("change", show);
    return () => system.removeEventListener("change", show);
  }, [theme]);
}

export function shown(theme: Theme, isSystemDark: boolean): "light" | "dark" {
  if (theme !== "system") return theme;
  return isSystemDark ? "dark" : "light";
}
