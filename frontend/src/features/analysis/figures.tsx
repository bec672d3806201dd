"use client";

import { useTranslations } from "next-intl";
import type { Analysis } from "./analysis-rules";
import { one } from "./analysis-rules";

/** The class in six figures. */
export function Figures({ analysis }: { analysis: Analysis }) {
  const t = useTranslations("analysis");
  const { spread, sat, students } = analysis;
  const figures: [string, string][] = [
    [t("sat"), `${sat} / ${students}`],
    [t("mean"), withUnit(spread.mean)],
    [t("median"), withUnit(spread.median)],
    [t("deviation"), one(spread.deviation)],
    [t("highest"), withUnit(spread.highest)],
    [t("lowest"), withUnit(spread.lowest)],
  ];
  return (
    <dl className="grid grid-cols-3 overflow-hidden rounded-card border border-line bg-surface lg:grid-cols-6">
      {figures.map(([name, value]) => (
        <div key={name} className="-mt-px -ml-px grid gap-0.5 border-t border-l border-line px-4 py-4 sm:px-5">
          <dt className="text-sm text-ink-faint">{name}</dt>
          <dd className="text-xl leading-tight font-semibold tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function withUnit(value: number | null): string {
  return value === null ? "–" : `${one(value)}%`;
}
