"use client";

import { useTranslations } from "next-intl";
import type { Item } from "@/components/paper/slots";
import { cn } from "@/lib/cn";
import { rove } from "@/lib/roving";
import { useAnswer, useRoom } from "../room/room-context";
import { CheckButton } from "./check-button";
import { QuestionFrame } from "./question-frame";

/** A statement and the letters of the paragraphs; one may be chosen for several statements. */
export function MatchingQuestion({ item, letters }: { item: Item; letters: readonly string[] }) {
  const t = useTranslations("room");
  const { go, checks } = useRoom();
  const { value, isReadOnly, choose } = useAnswer(item.slot);
  const answerKey = checks.get(item.slot)?.key?.key;
  const stop = letters.includes(value) ? value : letters[0];
  return (
    <QuestionFrame slot={item.slot} prompt={item.prompt}>
      <div
        role="radiogroup"
        aria-label={t("paragraphFor", { slot: item.slot })}
        className="flex flex-wrap gap-1 pl-9"
        onKeyDown={rove}
      >
        {letters.map((letter) => (
          <button
            key={letter}
            type="button"
            role="radio"
            data-rove
            tabIndex={letter === stop ? 0 : -1}
            aria-checked={value === letter}
            aria-disabled={isReadOnly}
            onClick={() => {
              choose(letter);
              go(item.slot);
            }}
            className={cn(
              "grid size-8 place-items-center rounded-[0.1875rem] border border-line-strong/60 text-xs font-semibold text-ink-soft transition-colors hover:border-ink hover:text-ink pointer-coarse:size-touch",
              value === letter && "border-ink bg-ink text-on-ink hover:text-on-ink",
              answerKey === letter && "border-good bg-good-soft text-good hover:text-good",
              answerKey !== undefined &&
                value === letter &&
                answerKey !== letter &&
                "border-bad bg-bad-soft text-bad hover:text-bad",
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
