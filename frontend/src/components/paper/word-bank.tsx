"use client";

import type { Passage } from "@/components/paper/slots";
import { cn } from "@/lib/cn";

interface Props {
  bank: Passage["bank"];
  /** Which blank holds a word: letter → slot. */
  usedBy: ReadonlyMap<string, string>;
  label: string;
  wordLabel?: (letter: string, text: string, slot: string | undefined) => string;
  onWord?: (letter: string) => void;
}

/** The fifteen words of a banked cloze. */
export function WordBank({ bank, usedBy, label, wordLabel, onWord }: Props) {
  return (
    <ul aria-label={label} className="grid grid-cols-2 gap-x-2 gap-y-1 sm:grid-cols-3 md:grid-cols-5">
      {bank.map(({ letter, text }) => {
        const slot = usedBy.get(letter);
        const look = cn(
          "flex min-h-9 w-full items-center gap-1.5 rounded-control border border-line bg-surface px-2 text-left transition-colors pointer-coarse:min-h-touch",
          slot !== undefined && "border-transparent bg-sunken text-ink-faint",
        );
        const label = wordLabel?.(letter, text, slot);
        const isSaid = label !== undefined;
        const inside = (
          <>
            {isSaid && <span className="sr-only">{label}</span>}
            <span aria-hidden={isSaid} className="font-reading">
              {letter})
            </span>
            <span aria-hidden={isSaid} lang="en" className="min-w-0 font-reading">
              {text}
            </span>
            {slot !== undefined && (
              <span aria-hidden={isSaid} className="ml-auto text-xs tabular-nums">
                {slot}
              </span>
            )}
          </>
        );
        return (
          <li key={letter}>
            {onWord ? (
              <button type="button" className={cn(look, "relative hover:border-accent")} onClick={() => onWord(letter)}>
                {inside}
              </button>
            ) : (
              <div className={look}>{inside}</div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
