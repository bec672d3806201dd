"use client";

import { Flag } from "lucide-react";
import { useTranslations } from "next-intl";
import { useStore } from "zustand";
import type { Section } from "@/components/paper/slots";
import { Dialog } from "@/components/ui/dialog";
import { cn } from "@/lib/cn";
import { useWords } from "@/lib/words";
import { useFlags } from "./flags";
import { isLocked, useRoom } from "./room-context";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The answer sheet: what is answered, what is not, what is marked for another look; each leads to its question. */
export function AnswerGrid({ open, onOpenChange }: Props) {
  const t = useTranslations("room");
  const { attempt } = useRoom();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("sheet")} about={t("sheetAbout")} className="sm:max-w-2xl">
      <div className="grid gap-5">
        {attempt.sections.map((section) => (
          <SectionCells key={section.key} section={section} onGone={() => onOpenChange(false)} />
        ))}
        <Legend />
      </div>
    </Dialog>
  );
}

function SectionCells({ section, onGone }: { section: Section; onGone: () => void }) {
  const words = useWords();
  return (
    <div className="grid gap-2">
      <h3 className="text-sm font-medium text-ink-soft">{words(section.title)}</h3>
      <ul className="grid grid-cols-5 gap-1.5 sm:grid-cols-10">
        {section.items.map(({ slot }) => (
          <li key={slot}>
            <Cell slot={slot} onGone={onGone} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Cell({ slot, onGone }: { slot: string; onGone: () => void }) {
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
      aria-label={`${slot} · ${state.filter(Boolean).join(" · ")}`}
      aria-current={slot === current}
      onClick={() => {
        onGone();
        go(slot);
      }}
      className={cn(
        "relative grid h-12 w-full content-center justify-items-center rounded-control border border-line text-xs tabular-nums hover:border-accent",
        isAnswered && "border-transparent bg-accent-soft text-accent-strong",
        held?.late && "bg-warn-soft text-warn",
        check?.is_correct === true && "bg-good-soft text-good",
        check?.is_correct === false && "bg-bad-soft text-bad",
        slot === current && "outline-2 outline-accent",
      )}
    >
      <span>{slot}</span>
      <strong className="h-4 text-sm leading-4">
        {held?.value && held.value.length === 1 ? held.value : isAnswered ? "✓" : ""}
      </strong>
      {isFlagged && <Flag className="absolute top-0.5 right-0.5 size-3 fill-current text-warn" aria-hidden />}
    </button>
  );
}

function Legend() {
  const t = useTranslations("room");
  const swatch = "inline-block size-3.5 rounded-sm border border-line";
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-ink-soft">
      <span className="inline-flex items-center gap-1.5">
        <span className={cn(swatch, "bg-accent-soft")} />
        {t("answered")}
      </span>
      <span className="inline-flex items-center gap-1.5">
        <span className={swatch} />
        {t("unanswered")}
      </span>
      <span className="inline-flex items-center gap-1.5">
        <span className={cn(swatch, "bg-warn-soft")} />
        {t("late")}
      </span>
      <span className="inline-flex items-center gap-1.5">
        <Flag className="size-3.5 fill-current text-warn" aria-hidden />
        {t("flagged")}
      </span>
    </p>
  );
}
