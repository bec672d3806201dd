"use client";

import { Scale } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { Textarea } from "@/components/ui/input";
import { Note } from "@/components/ui/states";
import { percent } from "../flow/flow-rules";
import { Passages } from "../passages";
import { isOpen, StageFrame } from "../stage-frame";
import { Staged } from "../staged";
import type { Analysis, Drafted, Objective, Run } from "../types";
import { useWorked } from "../use-draft";
import { balanced, depthOf, flat, isWhole, pointOf, sumOf, withoutPoint, withPoint } from "./analysis-rules";
import { PointForm } from "./point-form";
import { PointTree } from "./point-tree";
import { useIsWide } from "./use-is-wide";

export function AnalysisReview({ run }: { run: Run }) {
  return (
    <Staged run={run} name="analysis">
      {(came) => <Review run={run} came={came} />}
    </Staged>
  );
}

function Review({ run, came }: { run: Run; came: Drafted<Analysis> }) {
  const t = useTranslations("run");
  const worked = useWorked(run.id, "analysis", came);
  const { body, change } = worked;
  const mayEdit = isOpen(run, "analysis");
  const whole = isWhole(body);
  return (
    <StageFrame run={run} name="analysis" worked={worked} hindrance={whole ? null : t("weightsOff")}>
      {!whole && (
        <Note tone="warn">
          <span className="flex flex-wrap items-center justify-between gap-3">
            {t("weightsSum", { sum: percent(sumOf(body.points)) })}
            {mayEdit && (
              <Button size="sm" onClick={() => change(balanced(body))}>
                <Scale aria-hidden />
                {t("balance")}
              </Button>
            )}
          </span>
        </Note>
      )}
      <Points run={run} analysis={body} mayEdit={mayEdit} onChange={change} />
      <Objectives run={run} analysis={body} mayEdit={mayEdit} onChange={change} />
    </StageFrame>
  );
}

interface Props {
  run: Run;
  analysis: Analysis;
  mayEdit: boolean;
  onChange: (next: Analysis) => void;
}

/** Beside the tree where there is room, below the point where there is none. */
function Points({ run, analysis, mayEdit, onChange }: Props) {
  const t = useTranslations("run");
  const isWide = useIsWide();
  const [chosen, setChosen] = useState<string | null>(null);
  const point = pointOf(analysis.points, chosen ?? (isWide ? (analysis.points[0]?.key ?? "") : ""));
  const form = point && (
    <PointForm
      key={point.key}
      run={run}
      point={point}
      mayEdit={mayEdit}
      onChange={(some) => onChange(withPoint(analysis, point.key, some))}
      onRemove={() => onChange(withoutPoint(analysis, point.key))}
    />
  );
  return (
    <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <Card>
        <CardHead
          title={t("points")}
          about={t("pointsAbout", { count: flat(analysis.points).length, levels: depthOf(analysis.points) })}
        />
        <div className="border-t border-line px-2 py-1 sm:px-3">
          <PointTree
            points={analysis.points}
            chosen={point?.key ?? null}
            onChoose={(key) => setChosen(key === chosen && !isWide ? null : key)}
            detail={!isWide && <div className="px-3 py-4">{form}</div>}
          />
        </div>
      </Card>
      {isWide && (
        <Card className="sticky top-32 max-h-[calc(100dvh-10rem)] overflow-y-auto p-5">
          {form ?? <p className="text-sm text-ink-faint">{t("choosePoint")}</p>}
        </Card>
      )}
    </div>
  );
}

function Objectives({ run, analysis, mayEdit, onChange }: Props) {
  const t = useTranslations("run");
  const set = (key: string, text: string) =>
    onChange({ ...analysis, objectives: analysis.objectives.map((it) => (it.key === key ? { ...it, text } : it)) });
  return (
    <Card>
      <CardHead title={t("objectives")} about={t("objectivesAbout", { count: analysis.objectives.length })} />
      <ol className="divide-y divide-line border-t border-line">
        {analysis.objectives.map((objective) => (
          <li key={objective.key} className="grid grid-cols-1 gap-3 px-5 py-4 lg:grid-cols-2 lg:gap-6">
            <ObjectiveText objective={objective} mayEdit={mayEdit} onChange={(text) => set(objective.key, text)} />
            <Passages run={run} passages={objective.passages} />
          </li>
        ))}
      </ol>
    </Card>
  );
}

interface TextProps {
  objective: Objective;
  mayEdit: boolean;
  onChange: (text: string) => void;
}

function ObjectiveText({ objective, mayEdit, onChange }: TextProps) {
  const t = useTranslations("run");
  return (
    <div className="grid content-start gap-2">
      <Badge className="justify-self-start">{t(`areas.${objective.area}`)}</Badge>
      {mayEdit ? (
        <Textarea
          aria-label={t("objective")}
          value={objective.text}
          maxLength={2000}
          rows={2}
          className="min-h-16"
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <p>{objective.text}</p>
      )}
    </div>
  );
}
