"use client";

import { useEffect, useState } from "react";
import type { Section } from "@/components/paper/slots";

export interface Walk {
  slots: string[];
  current: string;
  section: Section | undefined;
  go: (slot: string) => void;
  goSection: (section: Section) => void;
}

/** Where in the paper one is. The section follows the question; a question that is gone (the part changed) gives way to the first. */
export function useWalk(sections: readonly Section[]): Walk {
  const slots = sections.flatMap((section) => section.items.map((item) => item.slot));
  const [at, setAt] = useState({ slot: "", steps: 0 });
  const current = slots.includes(at.slot) ? at.slot : (slots[0] ?? "");
  const section = sections.find(({ items }) => items.some((item) => item.slot === current));
  useEffect(() => {
    if (at.steps > 0) reveal(at.slot);
  }, [at]);
  const go = (slot: string) => setAt(({ steps }) => ({ slot, steps: steps + 1 }));
  const goSection = ({ items }: Section) => {
    const [first] = items;
    if (first) setAt({ slot: first.slot, steps: 0 });
    window.scrollTo({ top: 0 });
  };
  return { slots, current, section, go, goSection };
}

/** The bar below the work on a phone, in pixels. */
const FOOT = 64;

/** Focus moves along, unless somebody is already inside that question. */
function reveal(slot: string): void {
  const element = document.getElementById(`slot-${slot}`);
  if (!element) return;
  if (!element.contains(document.activeElement)) element.focus({ preventScroll: true });
  const { top, bottom } = element.getBoundingClientRect();
  const head = document.querySelector("[data-room-head]")?.getBoundingClientRect().bottom ?? 0;
  const isSeen = top >= head && bottom <= window.innerHeight - FOOT;
  if (!isSeen) element.scrollIntoView({ block: "nearest", behavior: "smooth" });
}
