"use client";

import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { cn } from "@/lib/cn";
import { useRoom } from "../room/room-context";

interface Props {
  text: ReactNode;
  questions: ReactNode;
  /** The questions shown: walking to one of them on a phone turns to the side of the questions. */
  slots: readonly string[];
  textLabel?: string;
}

/** Text and questions: beside each other on a desk, each with its own scrolling; on a phone one of the two. */
export function Split({ text, questions, slots, textLabel }: Props) {
  const t = useTranslations("room");
  const { current } = useRoom();
  const [side, setSide] = useState<"text" | "questions">("text");
  const [walked, setWalked] = useState(current);
  if (walked !== current) {
    setWalked(current);
    if (slots.includes(current)) setSide("questions");
  }
  const column = "lg:sticky lg:top-32 lg:max-h-[calc(100dvh-9rem)] lg:overflow-y-auto lg:overscroll-contain";
  return (
    <div className="grid gap-4 lg:grid-cols-2 lg:gap-8">
      <div
        role="group"
        aria-label={t("sides")}
        className="sticky top-[6.75rem] z-20 -mx-4 grid grid-cols-2 border-b border-line bg-page px-4 lg:hidden"
      >
        {(["text", "questions"] as const).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={side === name}
            onClick={() => setSide(name)}
            className={cn(
              "h-11 border-b-2 border-transparent text-sm font-medium text-ink-soft",
              side === name && "border-accent text-accent",
            )}
          >
            {name === "text" ? (textLabel ?? t("text")) : t("questions")}
          </button>
        ))}
      </div>
      <div className={cn(column, "lg:pr-2", side !== "text" && "max-lg:hidden")}>{text}</div>
      <div className={cn(column, "grid content-start gap-2", side !== "questions" && "max-lg:hidden")}>{questions}</div>
    </div>
  );
}
