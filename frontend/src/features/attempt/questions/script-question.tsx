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
      className="grid grid-cols-1 gap-6 outline-none lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] lg:gap-10"
    >
      <div
        lang={isTranslation ? "zh-CN" : "en"}
        className="font-reading text-reading leading-[1.8] whitespace-pre-line lg:sticky lg:top-[calc(var(--head)+2rem)] lg:self-start"
      >
        {item.prompt}
      </div>
      <div className="grid content-start gap-2">
        <div className="sticky top-(--head) z-10 -mx-4 flex flex-wrap items-end justify-between gap-x-4 bg-surface px-4 pt-1 pb-2 sm:mx-0 sm:px-0">
          <label htmlFor={id} className="text-sm font-medium">
            {isTranslation ? t("yourTranslation") : t("yourEssay")}
          </label>
          <WordCount id={`${id}-count`} text={value} least={item.words_min} most={item.words_max} />
        </div>
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
          className="ruled min-h-[50dvh] border-x-0 border-line px-1 py-0 font-reading text-reading leading-9 sm:text-reading lg:min-h-[calc(100dvh-22rem)]"
          aria-describedby={`${id}-count`}
        />
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

/** How many words, and whether that is what is asked for. It stays above the text: a phone's keyboard covers what is below. */
function WordCount({ id, text, least, most }: CountProps) {
  const t = useTranslations("room");
  const count = countWords(text);
  const state =
    least === null || count === 0 ? null : count < least ? "short" : most !== null && count > most ? "over" : "enough";
  return (
    <>
      <p id={id} className="flex flex-wrap gap-x-3 text-sm text-ink-soft">
        <span className="font-semibold text-ink tabular-nums">{t("wordCount", { count })}</span>
        {state === "short" && <span>{t("wordsShort", { count: (least ?? 0) - count })}</span>}
        {state === "enough" && <span className="font-medium text-good">{t("wordsEnough")}</span>}
        {state === "over" && (
          <span className="font-medium text-warn">{t("wordsOver", { count: count - (most ?? 0) })}</span>
        )}
        {least !== null && (
          <span className="text-ink-faint">
            {most === null ? t("wordsFrom", { least }) : t("wordsWithin", { least, most })}
          </span>
        )}
      </p>
      {least !== null && <Line count={count} least={least} most={most} isOver={state === "over"} />}
    </>
  );
}

interface LineProps {
  count: number;
  least: number;
  most: number | null;
  isOver: boolean;
}

function Line({ count, least, most, isOver }: LineProps) {
  const end = (most ?? least) * 1.2;
  const at = (words: number) => `${Math.min(100, (100 * words) / end)}%`;
  return (
    <div
      aria-hidden
      className="relative mt-1.5 h-1 w-full overflow-hidden rounded-full bg-line/80 forced-color-adjust-none"
    >
      <div
        className="absolute inset-y-0 bg-good-soft"
        style={{ left: at(least), right: `calc(100% - ${at(most ?? end)})` }}
      />
      <div
        className={cn(
          "absolute inset-y-0 left-0 bg-accent transition-[width]",
          count >= least && "bg-good",
          isOver && "bg-warn",
        )}
        style={{ width: at(count) }}
      />
    </div>
  );
}
