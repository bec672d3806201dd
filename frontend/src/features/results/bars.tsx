"use client";

import { useTranslations } from "next-intl";

const STEP = 10;

/** How many students reached each tenth of the marks. Heights are relative to the fullest; the counts stand above. */
export function Bars({ bins }: { bins: readonly number[] }) {
  const t = useTranslations("results");
  const fullest = Math.max(1, ...bins);
  return (
    <figure>
      <figcaption className="mb-2 text-sm text-ink-faint">{t("distribution")}</figcaption>
      <ol className="grid h-28 auto-cols-fr grid-flow-col items-end gap-1 border-b border-line-strong/50">
        {bins.map((count, at) => (
          <li key={at} className="grid h-full content-end justify-items-center text-xs text-ink-soft tabular-nums">
            <span className="sr-only">{t("bin", { from: at * STEP, to: (at + 1) * STEP, count })}</span>
            <span aria-hidden>{count > 0 && count}</span>
            <span
              aria-hidden
              className="w-full rounded-t-sm bg-accent/80"
              style={{ height: `${heightOf(count, fullest)}rem` }}
            />
          </li>
        ))}
      </ol>
      <p aria-hidden className="mt-1 flex justify-between text-xs text-ink-faint tabular-nums">
        <span>0%</span>
        <span>50%</span>
        <span>100%</span>
      </p>
    </figure>
  );
}

const TALLEST_REM = 5.5;

export function heightOf(count: number, fullest: number): number {
  return (TALLEST_REM * count) / fullest;
}
