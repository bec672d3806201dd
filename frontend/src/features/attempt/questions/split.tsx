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
  const column =
    "lg:sticky lg:top-[calc(var(--head)+1rem)] lg:max-h-[calc(100dvh-var(--head)-2rem)] lg:overflow-y-auto lg:overscroll-contain";
  return (
    <div className="grid grid-cols-1 gap-4 lg:grid-cols-2 lg:gap-0">
      <div
        role="group"
        aria-label={t("sides")}
        className="sticky top-(--head) z-20 -mx-4 -mt-5 grid grid-cols-2 border-b border-line bg-surface px-4 lg:hidden"
      >
        {(["text", "questions"] as const).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={side === name}
            onClick={() => setSide(name)}
            className={cn(
              "h-touch border-b-2 border-transparent text-sm text-ink-soft",
              side === name && "border-accent font-medium text-ink",
            )}
          >
            {name === "text" ? (textLabel ?? t("text")) : t("questions")}
          </button>
        ))}
      </div>
      <div
        role="region"
        aria-label={textLabel ?? t("text")}
        tabIndex={0}
        data-reading
        className={cn(column, "-outline-offset-2 lg:pr-8", side !== "text" && "max-lg:hidden")}
      >
        {text}
      </div>
      <div
        className={cn(
          column,
          "grid content-start gap-2 pl-4 lg:border-l lg:border-line lg:pl-8",
          side !== "questions" && "max-lg:hidden",
        )}
      >
        {questions}
      </div>
    </div>
  );
}
