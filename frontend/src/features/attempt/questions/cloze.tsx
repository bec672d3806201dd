"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Passage } from "@/components/paper/slots";
import { ReadingPassage } from "@/components/paper/reading-passage";
import { WordBank } from "@/components/paper/word-bank";
import { Dialog } from "@/components/ui/dialog";
import { NativeSelect } from "@/components/ui/input";
import { cn } from "@/lib/cn";
import { type Check, useRoom, useValues } from "../room/room-context";
import { nextEmpty, placeWord } from "./bank-exchange";
import { CheckButton } from "./check-button";
import { QuestionFrame } from "./question-frame";

interface Props {
  passage: Passage;
  slots: string[];
}

/** Choose a blank, tap a word; or choose from the list of each blank. A word that is in use changes places. */
export function Cloze({ passage, slots }: Props) {
  const t = useTranslations("room");
  const { sheet, current, go, checks } = useRoom();
  const values = useValues(slots);
  const [exchanged, setExchanged] = useState("");
  const [isPicking, setPicking] = useState(false);
  const active = slots.includes(current) ? current : (slots[0] ?? "");

  const place = (slot: string, letter: string) => {
    if (checks.has(slot)) return;
    const changes = placeWord(values, slot, letter);
    if ([...changes.keys()].some((changed) => checks.has(changed))) return;
    for (const [changed, value] of changes) sheet.answer(changed, value, "choice");
    const other = [...changes.keys()].find((changed) => changed !== slot);
    setExchanged(other ? t("exchanged", { slot, other }) : "");
  };
  const tap = (letter: string) => {
    place(active, letter);
    const next = nextEmpty(new Map([...values, [active, letter]]), active);
    if (next && !values.get(active)) go(next);
  };

  const usedBy = new Map([...values].filter(([, letter]) => letter).map(([slot, letter]) => [letter, slot]));
  const wordOf = (letter: string) => passage.bank.find((word) => word.letter === letter)?.text ?? "";
  const bank = (onWord: (letter: string) => void) => (
    <WordBank
      bank={passage.bank}
      usedBy={usedBy}
      label={t("bankLabel", { slot: active })}
      wordLabel={(letter, text, slot) =>
        slot ? t("usedWord", { letter, text, slot }) : t("freeWord", { letter, text })
      }
      onWord={onWord}
    />
  );
  return (
    <div className="grid grid-cols-1 gap-8 lg:grid-cols-[minmax(0,1fr)_19rem] lg:gap-8">
      <div className="grid grid-cols-1 content-start gap-6">
        <ReadingPassage
          passage={passage}
          blank={(slot) => (
            <Blank
              slot={slot}
              word={wordOf(values.get(slot) ?? "")}
              isActive={slot === active}
              onOpen={() => setPicking(isNarrow())}
              check={checks.get(slot)}
              rightWord={wordOf(checks.get(slot)?.key?.key ?? "")}
            />
          )}
        />
        <div className="z-10 grid gap-2 border-t border-line bg-surface py-4 lg:sticky lg:bottom-0">
          <p className="text-sm text-ink-soft">{t("bankHint", { slot: active })}</p>
          {bank(tap)}
          <p role="status" className="text-sm text-accent empty:hidden">
            {exchanged}
          </p>
        </div>
      </div>
      <Dialog open={isPicking} onOpenChange={setPicking} title={t("wordFor", { slot: active })}>
        {bank((letter) => {
          place(active, letter);
          setPicking(false);
        })}
      </Dialog>
      <div className="grid content-start pl-4 lg:border-l lg:border-line lg:pl-8">
        {slots.map((slot) => (
          <QuestionFrame
            key={slot}
            slot={slot}
            prompt={
              <NativeSelect
                aria-label={t("wordFor", { slot })}
                value={values.get(slot) ?? ""}
                disabled={checks.has(slot)}
                onFocus={() => go(slot)}
                onChange={(event) => place(slot, event.target.value)}
                className="font-reading"
              >
                <option value="">—</option>
                {passage.bank.map(({ letter, text }) => (
                  <option key={letter} value={letter}>
                    {letter}) {text}
                    {usedBy.has(letter) && usedBy.get(letter) !== slot ? ` · ${usedBy.get(letter)}` : ""}
                  </option>
                ))}
              </NativeSelect>
            }
          >
            <CheckButton slots={[slot]} />
          </QuestionFrame>
        ))}
        <CheckButton slots={slots} isWhole />
      </div>
    </div>
  );
}

/** Where the bank does not stand beside the text. */
function isNarrow(): boolean {
  return window.matchMedia("(width < 64rem)").matches;
}

interface BlankProps {
  slot: string;
  word: string;
  isActive: boolean;
  /** Tapped: where the bank is not in sight it comes up. */
  onOpen: () => void;
  check: Check | undefined;
  rightWord: string;
}

function Blank({ slot, word, isActive, onOpen, check, rightWord }: BlankProps) {
  const t = useTranslations("room");
  const { go } = useRoom();
  return (
    <button
      id={`proof-${slot}`}
      type="button"
      aria-current={isActive}
      onClick={() => {
        go(slot);
        onOpen();
      }}
      className={cn(
        "relative mx-0.5 inline-flex scroll-mt-6 scroll-mb-72 min-w-22 items-baseline justify-center gap-1.5 border-b border-ink px-1.5 leading-snug transition-colors hover:bg-sunken",
        isActive && "border-b-2 border-accent bg-accent-soft hover:bg-accent-soft",
        check?.is_correct === true && "border-good bg-good-soft",
        check?.is_correct === false && "border-bad bg-bad-soft",
      )}
    >
      <span className="sr-only">{word ? t("filledBlank", { slot, word }) : t("emptyBlank", { slot })}</span>
      <span aria-hidden className="font-sans text-xs text-ink-faint tabular-nums">
        {slot}
      </span>
      {word && (
        <span aria-hidden className={cn(check?.is_correct === false && "line-through")}>
          {word}
        </span>
      )}
      {check?.is_correct === false && <strong className="text-good">{rightWord}</strong>}
    </button>
  );
}
