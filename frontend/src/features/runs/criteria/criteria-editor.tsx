"use client";

import { Scale, Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { IconButton } from "@/components/ui/icon-button";
import { Input, Textarea } from "@/components/ui/input";
import { useWords } from "@/lib/words";
import { percent } from "../flow/flow-rules";
import { isOpen, StageFrame } from "../stage-frame";
import { Staged } from "../staged";
import type { Criteria, Criterion, Drafted, Line, Run, Words } from "../types";
import { useStageBody, useWorked } from "../use-draft";
import { evened, isWhole, retold, sumOf, withLine, withoutLine } from "./criteria-rules";

export function CriteriaEditor({ run }: { run: Run }) {
  return (
    <Staged run={run} name="criteria">
      {(came) => <Editor run={run} came={came} />}
    </Staged>
  );
}

function Editor({ run, came }: { run: Run; came: Drafted<Criteria> }) {
  const t = useTranslations("run");
  const worked = useWorked(run.id, "criteria", came);
  const analysis = run.stages.find(({ name }) => name === "analysis")?.draft?.id ?? null;
  const objectives = useStageBody(run.id, "analysis", analysis).data?.objectives;
  const texts = useMemo(() => new Map(objectives?.map(({ key, text }) => [key, text])), [objectives]);
  const { criteria } = worked.body;
  const open = isOpen(run, "criteria");
  return (
    <StageFrame run={run} name="criteria" worked={worked} hindrance={criteria.every(isWhole) ? null : t("criteriaOff")}>
      {criteria.map((criterion) => (
        <Rubric
          key={criterion.objective}
          criterion={criterion}
          title={texts.get(criterion.objective) ?? criterion.objective}
          mayEdit={open}
          onLine={(key, change) => worked.change(withLine(worked.body, key, change))}
          onRemove={(key) => worked.change(withoutLine(worked.body, key))}
          onEven={() => worked.change(evened(worked.body, criterion.objective))}
        />
      ))}
    </StageFrame>
  );
}

interface RubricProps {
  criterion: Criterion;
  title: string;
  mayEdit: boolean;
  onLine: (key: string, change: Partial<Line>) => void;
  onRemove: (key: string) => void;
  onEven: () => void;
}

/** The lines by which an objective is judged, and what each level of them looks like. */
function Rubric({ criterion, title, mayEdit, onLine, onRemove, onEven }: RubricProps) {
  const t = useTranslations("run");
  const whole = isWhole(criterion);
  return (
    <Card>
      <CardHead title={title}>
        <Badge tone={whole ? "plain" : "warn"}>{t("lineSum", { sum: percent(sumOf(criterion)) })}</Badge>
        {mayEdit && !whole && (
          <Button size="sm" onClick={onEven}>
            <Scale aria-hidden />
            {t("balance")}
          </Button>
        )}
      </CardHead>
      <ul className="divide-y divide-line border-t border-line">
        {criterion.lines.map((line) => (
          <LineOf
            key={line.key}
            line={line}
            mayEdit={mayEdit}
            mayRemove={criterion.lines.length > 1}
            onChange={(change) => onLine(line.key, change)}
            onRemove={() => onRemove(line.key)}
          />
        ))}
      </ul>
    </Card>
  );
}

interface LineProps {
  line: Line;
  mayEdit: boolean;
  mayRemove: boolean;
  onChange: (change: Partial<Line>) => void;
  onRemove: () => void;
}

function LineOf({ line, mayEdit, mayRemove, onChange, onRemove }: LineProps) {
  const t = useTranslations("run");
  const words = useWords();
  const setLevel = (at: number, about: Words) =>
    onChange({ levels: line.levels.map((level, place) => (place === at ? { ...level, about } : level)) });
  return (
    <li className="grid grid-cols-1 gap-3 px-5 py-4">
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-0 flex-1 basis-64">
          <Said words={line.text} label={t("lineText")} mayEdit={mayEdit} onChange={(text) => onChange({ text })} />
        </div>
        <label className="flex items-center gap-2 text-sm text-ink-soft">
          {t("weight")}
          {mayEdit ? (
            <Input
              type="number"
              min={0}
              max={100}
              value={Math.round(line.weight * 100)}
              className="w-20 tabular-nums"
              onChange={(event) => onChange({ weight: within(event.target.valueAsNumber) })}
            />
          ) : (
            <span className="font-medium text-ink tabular-nums">{percent(line.weight)}</span>
          )}
        </label>
        {mayEdit && (
          <IconButton
            icon={Trash2}
            label={t("removeLine", { text: words(line.text) })}
            disabled={!mayRemove}
            onClick={onRemove}
          />
        )}
      </div>
      <dl className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {line.levels.map((level, place) => (
          <div key={place} className="grid content-start gap-1 rounded-control bg-sunken px-3 py-2">
            <dt className="text-xs font-medium text-ink-soft">{words(level.name)}</dt>
            <dd className="text-sm">
              <Said
                words={level.about}
                label={t("levelText", { level: words(level.name) })}
                mayEdit={mayEdit}
                onChange={(about) => setLevel(place, about)}
              />
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

interface SaidProps {
  words: Words;
  label: string;
  mayEdit: boolean;
  onChange: (words: Words) => void;
}

function Said({ words, label, mayEdit, onChange }: SaidProps) {
  const locale = useLocale();
  if (!mayEdit) return <p className="break-words">{words[locale]}</p>;
  return (
    <Textarea
      aria-label={label}
      value={words[locale]}
      maxLength={2000}
      rows={2}
      className="min-h-16 text-sm"
      onChange={(event) => onChange(retold(words, locale, event.target.value))}
    />
  );
}

function within(typed: number): number {
  return Number.isFinite(typed) ? Math.min(100, Math.max(0, Math.round(typed))) / 100 : 0;
}
