"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { cn } from "@/lib/cn";

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
    <div role="group" aria-label={t("mark")} className="grid gap-1.5">
      {rows.map((band) => (
        <div key={band.anchor} className="grid auto-cols-fr grid-flow-col gap-1.5">
          {marksOf(band).map((value) => (
            <button
              key={value}
              type="button"
              aria-pressed={value === mark}
              onClick={() => onMark(value)}
              className={cn(
                "h-11 rounded-control border border-line text-sm font-medium tabular-nums hover:bg-sunken sm:h-10",
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
