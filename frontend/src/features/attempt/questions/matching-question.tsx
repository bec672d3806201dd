"use client";

import { useTranslations } from "next-intl";
import type { Item } from "@/components/paper/slots";
import { cn } from "@/lib/cn";
import { useAnswer, useRoom } from "../room/room-context";
import { CheckButton } from "./check-button";
import { QuestionFrame } from "./question-frame";

/** A statement and the letters of the paragraphs; one may be chosen for several statements. */
export function MatchingQuestion({ item, letters }: { item: Item; letters: readonly string[] }) {
  const t = useTranslations("room");
  const { go, checks } = useRoom();
  const { value, isReadOnly, choose } = useAnswer(item.slot);
  const answerKey = checks.get(item.slot)?.key?.key;
  return (
    <QuestionFrame slot={item.slot} prompt={item.prompt}>
      <div role="radiogroup" aria-label={t("paragraphFor", { slot: item.slot })} className="flex flex-wrap gap-1.5">
        {letters.map((letter) => (
          <button
            key={letter}
            type="button"
            role="radio"
            aria-checked={value === letter}
            aria-disabled={isReadOnly}
            onClick={() => {
              choose(letter);
              go(item.slot);
            }}
            className={cn(
              "grid size-10 place-items-center rounded-control border border-line bg-surface text-sm font-semibold hover:border-accent sm:size-9",
              value === letter && "border-accent bg-accent text-on-accent",
              answerKey === letter && "border-good bg-good-soft text-good",
              answerKey !== undefined && value === letter && answerKey !== letter && "border-bad bg-bad-soft text-bad",
            )}
          >
            {letter}
          </button>
        ))}
      </div>
      <CheckButton slots={[item.slot]} />
    </QuestionFrame>
  );
}
