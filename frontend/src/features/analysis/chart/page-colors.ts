"use client";

import { useSyncExternalStore } from "react";
import type { Colors } from "./options";

const tokens: Record<keyof Colors, string> = {
  accent: "--accent",
  soft: "--ink-soft",
  ink: "--ink",
  faint: "--ink-faint",
  line: "--line",
  surface: "--surface",
  good: "--good",
  warn: "--warn",
  bad: "--bad",
};

/** The design tokens as they are now. ECharts mixes colours and reads no oklch, so the browser turns them into rgb. */
export function pageColors(): Colors {
  const style = getComputedStyle(document.documentElement);
  const toRgb = painter();
  const read = (name: string) => toRgb(style.getPropertyValue(name).trim());
  return Object.fromEntries(Object.entries(tokens).map(([key, name]) => [key, read(name)])) as unknown as Colors;
}

function painter(): (color: string) => string {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return (color) => color;
  return (color) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return `rgb(${red}, ${green}, ${blue})`;
  };
}

/** "light" or "dark", as the page is now: a chart is drawn anew when it changes. */
export function useShownTheme(): string {
  return useSyncExternalStore(
    watchTheme,
    () => document.documentElement.dataset.theme ?? "light",
    () => "light",
  );
}

function watchTheme(tell: () => void): () => void {
  const observer = new MutationObserver(tell);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
