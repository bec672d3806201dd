"use client";

import { useEffect, useRef } from "react";
import { isElsewhere } from "@/lib/keys";
import type { Room } from "./room-context";

/** What a key means in the room: a letter answers the question at hand, arrows and j/k walk. Pure. */
export type KeyMeaning =
  { kind: "choose"; letter: string } | { kind: "walk"; by: 1 | -1 } | { kind: "clear" } | { kind: "flag" } | null;

export function meaningOf(key: string): KeyMeaning {
  if (key === "ArrowDown" || key === "j") return { kind: "walk", by: 1 };
  if (key === "ArrowUp" || key === "k") return { kind: "walk", by: -1 };
  if (key === "Backspace" || key === "Delete") return { kind: "clear" };
  // No bank and no passage has so many letters that X is one of them.
  if (key === "x" || key === "X") return { kind: "flag" };
  return /^[a-o]$/i.test(key) ? { kind: "choose", letter: key.toUpperCase() } : null;
}

interface Wiring {
  room: Pick<Room, "current" | "go">;
  /** The questions in the order of walking. */
  slots: readonly string[];
  /** Letters that answer a question; none for a script. */
  lettersOf: (slot: string) => readonly string[];
  choose: (slot: string, letter: string) => void;
  flag: (slot: string) => void;
}

/** Keys for the whole room. Where somebody writes, or a dialog stands over the page, they mean what they always mean. */
export function useKeys(wiring: Wiring): void {
  const latest = useRef(wiring);
  useEffect(() => {
    latest.current = wiring;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isElsewhere(event)) return;
      // In a bank of more than ten words j and k are letters of words too: Shift makes them so.
      const { room, slots, lettersOf, choose, flag } = latest.current;
      const letters = lettersOf(room.current);
      const isWordLetter = event.shiftKey && letters.includes(event.key.toUpperCase());
      const meaning: KeyMeaning = isWordLetter
        ? { kind: "choose", letter: event.key.toUpperCase() }
        : meaningOf(event.key);
      if (!meaning || (meaning.kind === "walk" && isScrolling(event))) return;
      if (meaning.kind === "walk") {
        const next = slots[slots.indexOf(room.current) + meaning.by];
        if (next !== undefined) room.go(next);
      } else if (meaning.kind === "flag") {
        flag(room.current);
      } else if (meaning.kind === "clear") {
        choose(room.current, "");
      } else if (letters.includes(meaning.letter)) {
        choose(room.current, meaning.letter);
      } else {
        return;
      }
      event.preventDefault();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

/** In the text beside the questions the arrows scroll, as everywhere; j and k walk. */
function isScrolling({ key, target }: KeyboardEvent): boolean {
  return key.startsWith("Arrow") && target instanceof Element && target.closest("[data-reading]") !== null;
}
