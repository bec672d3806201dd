"use client";

import { useTranslations } from "next-intl";
import type { Item } from "@/components/paper/slots";
import { cn } from "@/lib/cn";
import { rove } from "@/lib/roving";
import { useAnswer, useRoom } from "../room/room-context";
import { CheckButton } from "./check-button";
import { QuestionFrame } from "./question-frame";

/** Four choices. Listening prints no question: it is heard. */
export function ChoiceQuestion({ item }: { item: Item }) {
  const t = useTranslations("room");
  const { go, checks } = useRoom();
  const { value, isReadOnly, choose } = useAnswer(item.slot);
  const answerKey = checks.get(item.slot)?.key?.key;
  const stop = item.choices.some(({ letter }) => letter === value) ? value : item.choices[0]?.letter;
  return (
    <QuestionFrame slot={item.slot} prompt={item.prompt || <span className="sr-only">{t("heard")}</span>}>
      <div role="radiogroup" aria-label={t("choicesOf", { slot: item.slot })} className="grid pl-6" onKeyDown={rove}>
        {item.choices.map(({ letter, text }) => (
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
              "flex min-h-10 items-start gap-3 rounded-control px-3 py-1.5 text-left transition-colors hover:bg-sunken aria-disabled:cursor-default aria-disabled:hover:bg-transparent pointer-coarse:min-h-touch pointer-coarse:py-2",
              value === letter && "bg-sunken",
              answerKey === letter && "bg-good-soft hover:bg-good-soft",
              answerKey !== undefined && value === letter && answerKey !== letter && "bg-bad-soft hover:bg-bad-soft",
            )}
          >
            <Bubble letter={letter} isFilled={value === letter} />
            <span lang="en" className="font-reading text-reading leading-normal">
              {text}
            </span>
          </button>
        ))}
      </div>
      <CheckButton slots={[item.slot]} />
    </QuestionFrame>
  );
}

/** The place on the answer sheet that is filled with a soft pencil. */
export function Bubble({ letter, isFilled }: { letter: string; isFilled: boolean }) {
  return (
    <span
      className={cn(
        "mt-0.5 grid h-5.5 w-8 shrink-0 place-items-center rounded-[0.1875rem] border border-line-strong/70 text-xs font-semibold text-ink-soft transition-colors",
        isFilled && "border-ink bg-ink text-on-ink",
      )}
    >
      {letter}
    </span>
  );
}
