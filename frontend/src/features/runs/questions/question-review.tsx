"use client";

import { useMutation } from "@tanstack/react-query";
import { CheckCheck, FileQuestion } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Check } from "@/components/ui/field";
import { FilterChips } from "@/components/ui/filter-chips";
import { EmptyState, Note, ProblemNote } from "@/components/ui/states";
import { api, take } from "@/lib/api";
import { isOpen, StageFrame } from "../stage-frame";
import { Staged } from "../staged";
import type { Decision, Drafted, Question, Questions, Run } from "../types";
import { useWorked, type Worked } from "../use-draft";
import { QuestionCard } from "./question-card";
import { QuestionForm } from "./question-form";
import { countsOf, type Filter, FILTERS, isIn, mayJoin, withQuestion } from "./question-rules";

export function QuestionReview({ run }: { run: Run }) {
  return (
    <Staged run={run} name="questions">
      {(came) => <Review run={run} came={came} />}
    </Staged>
  );
}

/** Long lists come in parts: a page of four hundred cards is slow and nobody reads it. */
const PART = 20;

function Review({ run, came }: { run: Run; came: Drafted<Questions> }) {
  const t = useTranslations("run");
  const common = useTranslations("common");
  const worked = useWorked(run.id, "questions", came);
  const deciding = useDeciding(run, worked);
  const [filter, setFilter] = useState<Filter>("all");
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [edited, setEdited] = useState<Question | null>(null);
  const [shown, setShown] = useState(PART);
  const { questions } = worked.body;
  const open = isOpen(run, "questions");
  const mayDecide = open && !worked.isChanged && !deciding.isPending;
  const found = questions.filter((it) => isIn(it, filter));
  const joined = questions.filter((it) => marked.has(it.key) && mayJoin(it)).map(({ key }) => key);
  const waiting = questions.filter(({ state }) => state === "waiting").length;
  const mark = (keys: readonly string[], isOn: boolean) => {
    const next = new Set(marked);
    keys.forEach((key) => (isOn ? next.add(key) : next.delete(key)));
    setMarked(next);
  };
  return (
    <StageFrame
      run={run}
      name="questions"
      worked={worked}
      hindrance={waiting > 0 ? t("stillWaiting", { count: waiting }) : null}
    >
      <FilterChips
        label={t("filter")}
        names={FILTERS}
        words={(name) => t(`filters.${name}`)}
        counts={countsOf(questions)}
        chosen={filter}
        onChoose={setFilter}
      />
      <ProblemNote error={deciding.error} />
      {open && worked.isChanged && <Note tone="info">{t("saveBeforeDeciding")}</Note>}
      {open && (
        <ManyBar
          can={found.filter(mayJoin).map(({ key }) => key)}
          joined={joined}
          isBusy={deciding.isPending}
          mayDecide={mayDecide}
          onMark={mark}
          onApprove={() => {
            deciding.mutate({ keys: joined, state: "approved" });
            setMarked(new Set());
          }}
        />
      )}
      {found.length === 0 && <EmptyState icon={FileQuestion} title={t("noneFound")} />}
      <ol aria-label={t("questions")} className="grid grid-cols-1 gap-4">
        {found.slice(0, shown).map((question) => (
          <QuestionCard
            key={question.key}
            question={question}
            number={questions.indexOf(question) + 1}
            twin={questions.findIndex(({ key }) => key === question.duplicate_of) + 1}
            isOpen={open}
            mayDecide={mayDecide}
            isMarked={marked.has(question.key)}
            onMark={(isOn) => mark([question.key], isOn)}
            onDecide={(state) => deciding.mutate({ keys: [question.key], state })}
            onEdit={() => setEdited(question)}
          />
        ))}
      </ol>
      {found.length > shown && (
        <Button className="justify-self-center" onClick={() => setShown(shown + PART)}>
          {common("more")}
        </Button>
      )}
      {edited && (
        <QuestionForm
          question={edited}
          onSave={(change) => worked.change(withQuestion(worked.body, edited.key, change))}
          onClose={() => setEdited(null)}
        />
      )}
    </StageFrame>
  );
}

function useDeciding(run: Run, worked: Worked<Questions>) {
  return useMutation({
    mutationFn: (decision: { keys: string[]; state: Decision }) => {
      const body = { base: worked.draft.version, ...decision };
      const params = { path: { run_id: run.id } };
      const came = take(api.POST("/api/v1/runs/{run_id}/questions/decisions", { params, body }));
      return came as Promise<Drafted<Questions>>; // The server leaves out nothing that has a default.
    },
    onSuccess: worked.took,
  });
}

interface ManyProps {
  /** Keys that may be approved together, of those that are shown. */
  can: readonly string[];
  joined: readonly string[];
  isBusy: boolean;
  mayDecide: boolean;
  onMark: (keys: readonly string[], isOn: boolean) => void;
  onApprove: () => void;
}

function ManyBar({ can, joined, isBusy, mayDecide, onMark, onApprove }: ManyProps) {
  const t = useTranslations("run");
  const isAll = can.length > 0 && can.every((key) => joined.includes(key));
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-control border border-line bg-surface px-4 py-2">
      <Check
        label={t("markAll", { count: can.length })}
        hint={t("manyHint")}
        checked={isAll}
        disabled={can.length === 0}
        onChange={(event) => onMark(can, event.target.checked)}
      />
      <Button look="primary" size="sm" disabled={joined.length === 0 || !mayDecide} isBusy={isBusy} onClick={onApprove}>
        <CheckCheck aria-hidden />
        {t("approveMany", { count: joined.length })}
      </Button>
    </div>
  );
}
