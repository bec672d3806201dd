"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import type { Item } from "@/components/paper/slots";
import { Textarea } from "@/components/ui/input";
import { Note } from "@/components/ui/states";
import { cn } from "@/lib/cn";
import { useAnswer, useRoom } from "../room/room-context";
import { countWords } from "../words";
import { CheckButton } from "./check-button";

/** The server's limit of an answer. */
const MOST_CHARACTERS = 20_000;

/** An essay or a translation: the task beside the place to write. */
export function ScriptQuestion({ item }: { item: Item }) {
  const t = useTranslations("room");
  const id = useId();
  const { go, current, references } = useRoom();
  const { value, late, isReadOnly, write } = useAnswer(item.slot);
  const isTranslation = item.kind === "translation";
  return (
    <section
      id={`slot-${item.slot}`}
      tabIndex={-1}
      className="grid scroll-mt-32 gap-5 outline-none lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] lg:gap-8"
    >
      <div
        lang={isTranslation ? "zh-CN" : "en"}
        className="font-reading text-[1.0625rem] leading-[1.8] whitespace-pre-line lg:sticky lg:top-32 lg:self-start lg:rounded-card lg:border lg:border-line lg:bg-surface lg:p-5"
      >
        {item.prompt}
      </div>
      <div className="grid content-start gap-2">
        <label htmlFor={id} className="text-sm font-medium">
          {isTranslation ? t("yourTranslation") : t("yourEssay")}
        </label>
        <Textarea
          id={id}
          lang="en"
          value={value}
          readOnly={isReadOnly}
          maxLength={MOST_CHARACTERS}
          spellCheck={false}
          autoCorrect="off"
          autoCapitalize="sentences"
          onFocus={() => current !== item.slot && go(item.slot)}
          onChange={(event) => write(event.target.value)}
          className="min-h-[45dvh] font-reading text-[1.0625rem] leading-[1.8] sm:text-[1.0625rem] lg:min-h-[calc(100dvh-18rem)]"
          aria-describedby={`${id}-count`}
        />
        <WordCount id={`${id}-count`} text={value} least={item.words_min} most={item.words_max} />
        {late !== null && <Note tone="warn">{t("lateScript")}</Note>}
        {late !== null && (
          <blockquote className="border-l-2 border-warn pl-3 font-reading whitespace-pre-line text-ink-soft">
            {late}
          </blockquote>
        )}
        <CheckButton slots={[item.slot]} />
        {references[item.slot]?.map((reference, index) => (
          <Note key={index} tone="good">
            <span className="font-semibold">
              {t(isTranslation ? "reference" : "referenceEssay", { number: index + 1 })}
            </span>
            <span lang="en" className="mt-1 block font-reading leading-relaxed text-ink">
              {reference}
            </span>
          </Note>
        ))}
      </div>
    </section>
  );
}

interface CountProps {
  id: string;
  text: string;
  least: number | null;
  most: number | null;
}

function WordCount({ id, text, least, most }: CountProps) {
  const t = useTranslations("room");
  const count = countWords(text);
  const isWithin = (least === null || count >= least) && (most === null || count <= most);
  const isAbove = most !== null && count > most;
  return (
    <p id={id} className="flex flex-wrap gap-x-3 text-sm text-ink-soft">
      <span
        className={cn("font-semibold tabular-nums", isWithin && least !== null && "text-good", isAbove && "text-warn")}
      >
        {t("wordCount", { count })}
      </span>
      {least !== null && <span>{most === null ? t("wordsFrom", { least }) : t("wordsWithin", { least, most })}</span>}
    </p>
  );
}
