"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { cn } from "@/lib/cn";
import { rove } from "@/lib/roving";

interface Props {
  bands: Schema<"RubricBand">[];
  mark: number | null;
  onMark: (mark: number) => void;
}

/** The marks in the rows of their bands, the best on top: choosing a mark is choosing a band first. */
export function Keypad({ bands, mark, onMark }: Props) {
  const t = useTranslations("marking");
  const rows = [...bands].sort((a, b) => b.highest - a.highest);
  return (
    <div role="group" aria-label={t("mark")} className="grid gap-1" onKeyDown={rove}>
      {rows.map((band) => (
        <div key={band.anchor} className="grid auto-cols-fr grid-flow-col gap-1">
          {marksOf(band).map((value) => (
            <button
              key={value}
              type="button"
              data-rove
              tabIndex={value === (mark ?? rows[0]?.lowest) ? 0 : -1}
              aria-pressed={value === mark}
              onClick={() => onMark(value)}
              className={cn(
                "h-10 rounded-control border border-line text-sm font-medium tabular-nums transition-colors hover:border-line-strong hover:bg-sunken pointer-coarse:h-12",
                value === mark && "border-accent bg-accent text-on-accent hover:bg-accent-strong",
              )}
            >
              {value}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}

export function marksOf({ lowest, highest }: Pick<Schema<"RubricBand">, "lowest" | "highest">): number[] {
  return Array.from({ length: highest - lowest + 1 }, (_, at) => lowest + at);
}
