"use client";

import { createContext, use } from "react";
import { useStore } from "zustand";
import type { Schema } from "@/client/types";
import type { AnswerSheet } from "../saving/answer-sheet";
import { type Held, NOTHING } from "../saving/held";
import type { Attempt } from "./use-attempt";

export type Check = Schema<"CheckOut">;

/** What every part of the room works with. */
export interface Room {
  attempt: Attempt;
  sheet: AnswerSheet;
  /** The question that keys answer, and that the page shows. */
  current: string;
  go: (slot: string) => void;
  /** Practice: what has been looked up. An item that was checked takes no new answer. */
  checks: ReadonlyMap<string, Check>;
  references: Readonly<Record<string, string[]>>;
  /** Practice: shows the keys of these items; null in an exam. */
  check: ((slots: string[]) => Promise<void>) | null;
}

export const RoomContext = createContext<Room | null>(null);

export function useRoom(): Room {
  const room = use(RoomContext);
  if (!room) throw new Error("useRoom is for what stands in a room");
  return room;
}

export interface AnswerInHand extends Held {
  isReadOnly: boolean;
  choose: (value: string) => void;
  write: (value: string) => void;
}

export function useAnswer(slot: string): AnswerInHand {
  const { sheet, attempt, checks } = useRoom();
  const held = useStore(sheet.store, (state) => state.answers[slot] ?? NOTHING);
  const isReadOnly = checks.has(slot) || isLocked(attempt, slot);
  return {
    ...held,
    isReadOnly,
    choose: (value) => {
      if (!isReadOnly) sheet.answer(slot, value, "choice");
    },
    write: (value) => {
      if (!isReadOnly) sheet.answer(slot, value, "text");
    },
  };
}

/** All values, for a cloze whose blanks share one bank. */
export function useValues(slots: readonly string[]): Map<string, string> {
  const { sheet } = useRoom();
  const answers = useStore(sheet.store, (state) => state.answers);
  return new Map(slots.map((slot) => [slot, answers[slot]?.value ?? ""]));
}

export function isLocked(attempt: Attempt, slot: string): boolean {
  return attempt.parts.some((part) => part.state === "locked" && part.slots.includes(slot));
}
