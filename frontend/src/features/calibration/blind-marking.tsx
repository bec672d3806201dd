"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { ProblemNote } from "@/components/ui/states";
import { useBlindMark, useDraw, type Calibration } from "@/features/calibration/use-calibration";
import { cn } from "@/lib/cn";
import { useWords } from "@/lib/words";

/** One script after another, without its writer and without what the engines say. */
export function BlindMarking({ calibration }: { calibration: Calibration }) {
  const t = useTranslations("calibration");
  const { scripts, marked, most } = calibration;
  const [asked, setAsked] = useState<number | null>(null);
  const draw = useDraw(calibration);
  const at = asked ?? scripts.findIndex(({ mark }) => mark === null);
  return (
    <Card className="grid gap-4 p-5 sm:p-8">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h2 className="font-title text-lg font-semibold">{t("blind")}</h2>
        <p className="text-sm text-ink-soft tabular-nums">{t("progress", { marked, all: scripts.length })}</p>
      </div>
      <Progress value={(100 * marked) / scripts.length} label={t("blind")} />
      <ol className="flex flex-wrap gap-1.5" aria-label={t("scripts")}>
        {scripts.map(({ script, mark }, index) => (
          <li key={script}>
            <button
              type="button"
              aria-current={index === at}
              aria-label={t("scriptNumber", { number: index + 1, mark: mark ?? t("unmarked") })}
              onClick={() => setAsked(index)}
              className={cn(
                "grid size-9 place-items-center rounded-control border border-line text-sm tabular-nums hover:bg-sunken pointer-coarse:size-11",
                mark !== null && "bg-accent-soft text-accent",
                index === at && "border-accent font-semibold",
              )}
            >
              {mark ?? "–"}
            </button>
          </li>
        ))}
      </ol>
      {scripts[at] && (
        <OneScript key={scripts[at].script} calibration={calibration} at={at} onMarked={() => setAsked(null)} />
      )}
      {scripts.length < most && marked === scripts.length && (
        <div className="grid justify-items-start gap-2">
          <ProblemNote error={draw.error} />
          <Button onClick={() => draw.mutate()} isBusy={draw.isPending}>
            {t("drawMore")}
          </Button>
        </div>
      )}
    </Card>
  );
}

interface OneProps {
  calibration: Calibration;
  at: number;
  onMarked: () => void;
}

function OneScript({ calibration, at, onMarked }: OneProps) {
  const t = useTranslations("calibration");
  const words = useWords();
  const marking = useBlindMark(calibration);
  const script = calibration.scripts[at];
  const task = calibration.tasks.find(({ paper }) => paper === script?.paper);
  if (!script || !task) return null;
  const bands = [...task.rubric.bands].sort((a, b) => b.highest - a.highest);
  return (
    <div className="grid items-start gap-6 border-t border-line pt-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="grid gap-3">
        <details>
          <summary className="text-sm font-medium text-ink-soft">{t("task")}</summary>
          <p className="mt-2 max-w-[68ch] font-reading leading-relaxed whitespace-pre-line">{task.task.prompt}</p>
        </details>
        <p className="text-sm text-ink-faint tabular-nums">{t("words", { count: script.words })}</p>
        <p lang="en" className="max-w-[68ch] font-reading text-lg leading-9 whitespace-pre-wrap">
          {script.text}
        </p>
      </div>
      <div className="grid gap-3 lg:sticky lg:top-20">
        <ul className="grid gap-2.5">
          {bands.map((band) => (
            <li key={band.anchor} className="grid gap-1.5">
              <p className="text-xs text-ink-soft">{words(band.about)}</p>
              <div className="grid auto-cols-fr grid-flow-col gap-1">
                {marksOf(band).map((value) => (
                  <button
                    key={value}
                    type="button"
                    aria-pressed={value === script.mark}
                    disabled={marking.isPending}
                    onClick={() => marking.mutate({ script: script.script, value }, { onSuccess: onMarked })}
                    className={cn(
                      "h-10 rounded-control border border-line text-sm font-medium tabular-nums hover:border-line-strong hover:bg-sunken pointer-coarse:h-11",
                      value === script.mark && "border-accent bg-accent text-on-accent hover:bg-accent-strong",
                    )}
                  >
                    {value}
                  </button>
                ))}
              </div>
            </li>
          ))}
        </ul>
        <ProblemNote error={marking.error} />
      </div>
    </div>
  );
}

function marksOf({ lowest, highest }: { lowest: number; highest: number }): number[] {
  return Array.from({ length: highest - lowest + 1 }, (_, at) => lowest + at);
}
