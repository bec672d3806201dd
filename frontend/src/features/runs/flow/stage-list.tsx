"use client";

import { ArrowRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { Status } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { cn } from "@/lib/cn";
import { doneOf, useJob } from "@/lib/job";
import { toneOfStage } from "../tones";
import type { Run, Stage, StageName } from "../types";
import { percent } from "./flow-rules";

interface Props {
  run: Run;
  chosen: StageName | null;
  onChoose: (name: StageName) => void;
  onTab: (name: string) => void;
}

export function StageList({ run, chosen, onChoose, onTab }: Props) {
  const t = useTranslations("run");
  return (
    <ol aria-label={t("stages")} className="divide-y divide-line">
      {run.stages.map((stage, place) => (
        <li
          key={stage.name}
          aria-current={stage.name === run.stage ? "step" : undefined}
          className={cn("grid gap-1.5 px-5 py-4", stage.name === chosen && "bg-sunken/60")}
        >
          <Line stage={stage} place={place} isChosen={stage.name === chosen} onChoose={onChoose} />
          {stage.note && stage.state === "returned" && (
            <p className="text-sm text-ink-soft">{t("noteGiven", { note: stage.note })}</p>
          )}
          {(stage.state === "running" || stage.state === "returned") && stage.job !== null && (
            <Working job_id={stage.job} />
          )}
          {stage.draft !== null && (
            <Button look="link" size="sm" className="justify-self-start" onClick={() => onTab(stage.name)}>
              {stage.state === "review" ? t("toReview") : t("toSee")}
              <ArrowRight aria-hidden />
            </Button>
          )}
        </li>
      ))}
    </ol>
  );
}

interface LineProps {
  stage: Stage;
  place: number;
  isChosen: boolean;
  onChoose: (name: StageName) => void;
}

function Line({ stage, place, isChosen, onChoose }: LineProps) {
  const t = useTranslations("run");
  const runs = useTranslations("runs");
  const last = stage.rounds.at(-1);
  return (
    <>
      <div className="flex items-center justify-between gap-3">
        <button
          type="button"
          aria-pressed={isChosen}
          onClick={() => onChoose(stage.name)}
          className="text-left font-medium hover:text-accent pointer-coarse:min-h-touch"
        >
          <span className="mr-2 text-ink-faint tabular-nums">{place + 1}</span>
          {runs(`stages.${stage.name}`)}
        </button>
        <Status tone={toneOfStage[stage.state]}>{t(`states.${stage.state}`)}</Status>
      </div>
      {last && (
        <p className="text-sm text-ink-faint tabular-nums">
          {t("roundsLine", { count: stage.rounds.length, quality: percent(last.quality) })}
          {stage.stopped && ` · ${t(`stoppedShort.${stage.stopped}`)}`}
        </p>
      )}
    </>
  );
}

function Working({ job_id }: { job_id: number }) {
  const t = useTranslations("run");
  const { data } = useJob(job_id);
  return <Progress value={doneOf(data)} label={t("states.running")} />;
}
