"use client";

import { Flag } from "lucide-react";
import { useTranslations } from "next-intl";
import { useStore } from "zustand";
import type { Section } from "@/components/paper/slots";
import { cn } from "@/lib/cn";
import { rove } from "@/lib/roving";
import { useWords } from "@/lib/words";
import { useFlags } from "./flags";
import { isLocked, useRoom } from "./room-context";

/** The answer sheet: what is answered, what is not, what is marked for another look; each leads to its question. */
export function AnswerGrid({ onGone }: { onGone?: () => void }) {
  const { attempt } = useRoom();
  return (
    <div className="grid gap-5" onKeyDown={rove}>
      {attempt.sections.map((section) => (
        <SectionCells key={section.key} section={section} onGone={onGone} />
      ))}
      <Legend />
    </div>
  );
}

function SectionCells({ section, onGone }: { section: Section; onGone: (() => void) | undefined }) {
  const words = useWords();
  return (
    <div className="grid gap-1.5">
      <h3 className="text-xs font-medium text-ink-faint">{words(section.title)}</h3>
      <ul className="grid grid-cols-5 gap-px">
        {section.items.map(({ slot }) => (
          <li key={slot}>
            <Cell slot={slot} onGone={onGone} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Cell({ slot, onGone }: { slot: string; onGone: (() => void) | undefined }) {
  const t = useTranslations("room");
  const { attempt, sheet, go, current, checks } = useRoom();
  const held = useStore(sheet.store, (state) => state.answers[slot]);
  const isFlagged = useFlags(attempt.id).includes(slot);
  const isAnswered = Boolean(held?.value);
  const check = checks.get(slot);
  const state = [
    isAnswered ? t("answered") : t("unanswered"),
    isFlagged && t("flagged"),
    held?.late && t("late"),
    isLocked(attempt, slot) && t("locked"),
  ];
  return (
    <button
      type="button"
      data-rove
      tabIndex={slot === current ? 0 : -1}
      aria-label={`${slot} · ${state.filter(Boolean).join(" · ")}`}
      aria-current={slot === current}
      onClick={() => {
        onGone?.();
        go(slot);
      }}
      className={cn(
        "relative grid h-12 w-full content-center justify-items-center gap-0.5 rounded-control text-xs text-ink-soft tabular-nums hover:bg-sunken",
        slot === current && "bg-accent-soft font-semibold text-accent",
      )}
    >
      <span aria-hidden>{slot}</span>
      <span
        aria-hidden
        data-mark={held?.value && held.value.length === 1 ? held.value : isAnswered ? "✓" : ""}
        className={cn(
          "grid h-4.5 w-7 place-items-center rounded-[0.1875rem] border border-line-strong/60 text-[0.6875rem] leading-none font-semibold before:content-[attr(data-mark)]",
          isAnswered && "border-ink bg-ink text-on-ink",
          held?.late && "border-warn bg-warn-soft text-warn",
          check?.is_correct === true && "border-good bg-good text-on-accent",
          check?.is_correct === false && "border-bad bg-bad text-on-accent",
        )}
      />
      {isFlagged && <Flag className="absolute top-0.5 right-0 size-2.5 fill-current text-warn" aria-hidden />}
    </button>
  );
}

function Legend() {
  const t = useTranslations("room");
  const swatch = "inline-block h-3 w-4.5 rounded-[0.1875rem] border border-line-strong/60 forced-color-adjust-none";
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-ink-soft">
      <span className="inline-flex items-center gap-1.5">
        <span className={cn(swatch, "border-ink bg-ink")} />
        {t("answered")}
      </span>
      <span className="inline-flex items-center gap-1.5">
        <span className={swatch} />
        {t("unanswered")}
      </span>
      <span className="inline-flex items-center gap-1.5">
        <span className={cn(swatch, "border-warn bg-warn-soft")} />
        {t("late")}
      </span>
      <span className="inline-flex items-center gap-1.5">
        <Flag className="size-3 fill-current text-warn" aria-hidden />
        {t("flagged")}
      </span>
    </p>
  );
}
