"use client";

import { Check, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card, CardHead } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { Stat } from "@/components/ui/stat";
import { Note } from "@/components/ui/states";
import { cn } from "@/lib/cn";
import { yuan } from "@/lib/money";
import { useTimes } from "@/lib/time";
import { useWords } from "@/lib/words";
import type { Measure, Round, Stage } from "../types";
import { measured, percent, totalsOf } from "./flow-rules";

/** What each round reached, what it cost, what it changed, and why no other followed. */
export function IterationMonitor({ stage }: { stage: Stage }) {
  const t = useTranslations("run");
  const runs = useTranslations("runs");
  const totals = totalsOf(stage);
  return (
    <Card>
      <CardHead
        title={t("monitor", { stage: runs(`stages.${stage.name}`) })}
        about={stage.rounds.length > 0 ? t("monitorAbout") : t("noRounds")}
      />
      {stage.rounds.length > 0 && (
        <>
          <dl className="grid grid-cols-2 gap-x-6 gap-y-4 px-5 pb-4 sm:grid-cols-4">
            <Stat label={t("quality")} value={percent(stage.rounds.at(-1)?.quality ?? 0)} />
            <Stat label={t("tokens")} value={totals.tokens} about={totals.tokens === 0 ? t("noTokens") : undefined} />
            <Stat label={t("cost")} value={yuan(totals.cost)} />
            <Stat label={t("time")} value={seconds(totals.milliseconds)} about={t("seconds")} />
          </dl>
          {stage.stopped && (
            <Note tone={stage.stopped === "threshold" ? "good" : "info"} className="mx-5 mb-4">
              {t(`whyStopped.${stage.stopped}`)}
            </Note>
          )}
          <ol className="divide-y divide-line border-t border-line">
            {[...stage.rounds].reverse().map((round) => (
              <RoundLine key={round.number} round={round} />
            ))}
          </ol>
        </>
      )}
    </Card>
  );
}

function RoundLine({ round }: { round: Round }) {
  const t = useTranslations("run");
  const runs = useTranslations("runs");
  const words = useWords();
  const times = useTimes();
  return (
    <li className="grid grid-cols-1 gap-x-8 gap-y-3 px-5 py-4 md:grid-cols-[14rem_minmax(0,1fr)]">
      <div className="grid content-start gap-1.5">
        <p className="flex items-baseline justify-between gap-3">
          <span className="font-medium">{t("round", { number: round.number })}</span>
          <span className="font-title text-lg font-semibold tabular-nums">{percent(round.quality)}</span>
        </p>
        <Progress value={round.quality * 100} label={t("qualityOf", { number: round.number })} />
        <p className="text-xs text-ink-faint tabular-nums">
          {t("roundCost", {
            at: times.second(round.ended_at),
            input: round.tokens_in,
            output: round.tokens_out,
            cost: yuan(round.cost),
            seconds: seconds(round.milliseconds),
          })}
        </p>
        <p className="flex flex-wrap gap-1.5">
          <Badge tone={round.engine === "model" ? "accent" : "plain"}>{runs(`engines.${round.engine}.name`)}</Badge>
          {round.turn > 1 && <Badge>{t("turn", { number: round.turn })}</Badge>}
        </p>
      </div>
      <div className="grid content-start gap-2">
        <p className="text-sm text-ink-soft">{words(round.changed)}</p>
        <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
          {round.measures.map((measure) => (
            <MeasureLine key={measure.name} measure={measure} />
          ))}
        </ul>
      </div>
    </li>
  );
}

function MeasureLine({ measure }: { measure: Measure }) {
  const t = useTranslations("run");
  const Icon = measure.ok ? Check : X;
  const name = `measures.${measure.name}` as "measures.coverage";
  return (
    <li className="flex items-center justify-between gap-3 border-b border-line/60 py-1 text-sm">
      <span className="flex items-center gap-2">
        <Icon className={cn("size-4 shrink-0", measure.ok ? "text-good" : "text-bad")} aria-hidden />
        {t.has(name) ? t(name) : measure.name}
        <span className="sr-only">{measure.ok ? t("reached") : t("notReached")}</span>
      </span>
      <span className="whitespace-nowrap tabular-nums">
        {measured(measure.value, measure)}
        <span className="text-ink-faint">
          {" / "}
          {t(measure.better === "up" ? "goalUp" : "goalDown", { goal: measured(measure.goal, measure) })}
        </span>
      </span>
    </li>
  );
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}
