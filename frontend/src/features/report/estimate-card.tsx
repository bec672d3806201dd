"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Note } from "@/components/ui/states";
import { useWords } from "@/lib/words";
import { PASS_LINE, placeOf } from "./score-scale";

type Estimate = Schema<"Estimate">;
type ScoreRange = Schema<"Range">;

/** The 710 estimate: a range with the 425 line in it, never one number alone. */
export function EstimateCard({ estimate }: { estimate: Estimate }) {
  const t = useTranslations("report");
  const words = useWords();
  const { total, percentile } = estimate;
  return (
    <Card className="grid grid-cols-1 gap-6 border-t-3 border-t-accent p-5 sm:p-8">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2 className="text-sm text-ink-faint">{t("estimate")}</h2>
          <p className="mt-1 font-title text-4xl font-semibold tabular-nums">
            {t("range", { low: total.low, high: total.high })}
          </p>
          <p className="text-sm text-ink-soft">{t("about", { middle: total.middle })}</p>
        </div>
        <Badge tone="warn">{t("estimateWords")}</Badge>
      </div>
      <Bar range={total} label={t("range", { low: total.low, high: total.high })} line={PASS_LINE} />
      <p className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
        <span className="font-medium">{t("chance", { percent: Math.round(estimate.chance_425 * 100) })}</span>
        <span className="text-ink-soft">{t("percentile", { low: percentile.low, high: percentile.high })}</span>
      </p>
      {estimate.is_provisional && <Note tone="info">{t("provisional")}</Note>}
      <dl className="grid gap-4 sm:grid-cols-3">
        {estimate.sections.map(({ key, range, highest }) => (
          <div key={key} className="grid gap-1.5">
            <dt className="flex justify-between text-sm">
              <span>{t(`sectionNames.${key}`)}</span>
              <span className="text-ink-faint tabular-nums">{highest}</span>
            </dt>
            <dd className="grid gap-1.5">
              <Bar
                range={range}
                lowest={0}
                highest={highest}
                label={t("range", { low: range.low, high: range.high })}
              />
              <span className="text-sm font-medium tabular-nums">
                {t("range", { low: range.low, high: range.high })}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-xs text-ink-faint">{words(estimate.note)}</p>
    </Card>
  );
}

interface BarProps {
  range: ScoreRange;
  label: string;
  lowest?: number;
  highest?: number;
  line?: number;
}

function Bar({ range, label, lowest, highest, line }: BarProps) {
  const low = placeOf(range.low, lowest, highest);
  const high = placeOf(range.high, lowest, highest);
  return (
    <div
      role="img"
      aria-label={label}
      className={
        line === undefined ? "relative h-1.5 forced-color-adjust-none" : "relative mt-5 h-3 forced-color-adjust-none"
      }
    >
      <div className="absolute inset-0 rounded-full bg-line/80" />
      <div
        className="absolute inset-y-0 rounded-full bg-accent/40"
        style={{ left: `${low}%`, width: `${Math.max(1, high - low)}%` }}
      />
      <div
        className="absolute -inset-y-0.5 w-1 -translate-x-1/2 rounded-full bg-accent"
        style={{ left: `${placeOf(range.middle, lowest, highest)}%` }}
      />
      {line !== undefined && (
        <div
          className="absolute -top-5 -bottom-1 border-l-2 border-dashed border-ink-faint"
          style={{ left: `${placeOf(line)}%` }}
        >
          <span className="ml-1 text-xs font-semibold text-ink-soft tabular-nums">{line}</span>
        </div>
      )}
    </div>
  );
}
