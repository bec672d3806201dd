import { clsx, type ClassValue } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

/** Knows our own tokens by kind: else `text-reading` would be taken for a colour and lose against `text-ink`. */
const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ["reading"],
      font: ["title", "reading"],
      radius: ["chip", "control", "card"],
      shadow: ["sheet", "raised"],
      spacing: ["touch"],
      container: ["page", "desk", "prose"],
    },
  },
});

export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
