"use client";

import { useTranslations } from "next-intl";
import type { Item } from "@/components/paper/slots";
import { cn } from "@/lib/cn";
import { useAnswer, useRoom } from "../room/room-context";
import { CheckButton } from "./check-button";
import { QuestionFrame } from "./question-frame";

/** Four choices. Listening prints no question: it is heard. */
export function ChoiceQuestion({ item }: { item: Item }) {
  const t = useTranslations("room");
  const { go, checks } = useRoom();
  const { value, isReadOnly, choose } = useAnswer(item.slot);
  const answerKey = checks.get(item.slot)?.key?.key;
  return (
    <QuestionFrame slot={item.slot} prompt={item.prompt || <span className="sr-only">{t("heard")}</span>}>
      <div role="radiogroup" aria-label={t("choicesOf", { slot: item.slot })} className="grid gap-1.5">
        {item.choices.map(({ letter, text }) => (
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
              "group flex min-h-11 items-start gap-3 rounded-control border border-transparent px-2.5 py-2 text-left hover:bg-sunken aria-disabled:cursor-default aria-disabled:hover:bg-transparent",
              value === letter && "border-accent bg-accent-soft hover:bg-accent-soft",
              answerKey === letter && "border-good bg-good-soft",
              answerKey !== undefined && value === letter && answerKey !== letter && "border-bad bg-bad-soft",
            )}
          >
            <span
              className={cn(
                "grid size-6.5 shrink-0 place-items-center rounded-full border border-line-strong text-xs font-semibold",
                value === letter && "border-accent bg-accent text-on-accent",
              )}
            >
              {letter}
            </span>
            <span lang="en" className="pt-px font-reading leading-relaxed">
              {text}
            </span>
          </button>
        ))}
      </div>
      <CheckButton slots={[item.slot]} />
    </QuestionFrame>
  );
}
