"use client";

import { Check as CheckIcon, Pencil, RotateCcw, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge, Status, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { cn } from "@/lib/cn";
import { useWords } from "@/lib/words";
import { percent } from "../flow/flow-rules";
import type { Blind, Decision, Question } from "../types";
import { mayEdit, mayJoin } from "./question-rules";

interface Props {
  question: Question;
  number: number;
  /** The number of the question that it repeats; 0: none. */
  twin: number;
  isOpen: boolean;
  mayDecide: boolean;
  isMarked: boolean;
  onMark: (isOn: boolean) => void;
  onDecide: (state: Decision) => void;
  onEdit: () => void;
}

const tones: Record<Decision, Tone> = { waiting: "warn", approved: "good", refused: "bad" };
const proofs: Record<Blind["state"], Tone> = { proven: "good", not_proven: "warn", failed: "bad" };

export function QuestionCard(props: Props) {
  const { question, number, isOpen, isMarked, onMark } = props;
  const t = useTranslations("run");
  return (
    <li
      className={cn(
        "overflow-hidden rounded-card border border-line bg-surface",
        question.state === "refused" ? "border-dashed" : "shadow-sheet",
      )}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line px-5 py-2.5">
        {isOpen && mayJoin(question) && (
          <input
            type="checkbox"
            aria-label={t("mark", { number })}
            className="size-4.5 accent-accent"
            checked={isMarked}
            onChange={(event) => onMark(event.target.checked)}
          />
        )}
        <h2 className="font-title font-semibold">{t("question", { number })}</h2>
        <Badge>{t(`kinds.${question.kind}`)}</Badge>
        <Badge tone={question.source === "model" ? "accent" : "plain"}>{t(`sources.${question.source}`)}</Badge>
        <Badge tone={proofs[question.blind.state]}>{t(`proofs.${question.blind.state}`)}</Badge>
        {props.twin > 0 && <Badge tone="warn">{t("duplicateOf", { number: props.twin })}</Badge>}
        <Status tone={tones[question.state]} className="ml-auto">
          {t(`decisions.${question.state}`)}
        </Status>
      </div>
      <div className={cn("grid grid-cols-1 gap-5 px-5 py-4", question.text && "lg:grid-cols-2")}>
        {question.text && <Text question={question} number={number} />}
        <Asked question={question} />
      </div>
      <Foot {...props} />
    </li>
  );
}

function Text({ question, number }: { question: Question; number: number }) {
  const t = useTranslations("run");
  return (
    <div
      className="max-h-72 overflow-y-auto rounded-control bg-sunken px-4 py-3"
      tabIndex={0}
      role="region"
      aria-label={`${t("question", { number })} · ${t("text")}`}
    >
      {question.text_title && <p className="mb-1 font-medium">{question.text_title}</p>}
      <p lang="en" className="font-reading text-reading break-words whitespace-pre-line">
        {question.text}
      </p>
    </div>
  );
}

function Asked({ question }: { question: Question }) {
  const t = useTranslations("run");
  const words = useWords();
  const choices = Object.entries(question.choices);
  return (
    <div className="grid content-start gap-3">
      <p lang="en" className="font-reading text-reading break-words whitespace-pre-line">
        {question.stem}
      </p>
      {choices.length > 0 ? (
        <ol className="grid gap-1">
          {choices.map(([letter, text]) => (
            <li
              key={letter}
              className={cn(
                "flex items-start gap-2.5 rounded-control px-2.5 py-1 text-sm",
                letter === question.answer && "bg-good-soft font-medium text-good",
              )}
            >
              <span className="w-4 shrink-0">{letter}</span>
              <span lang="en" className="min-w-0 flex-1 break-words">
                {text}
              </span>
              {letter === question.answer && <span className="shrink-0 text-xs">{t("key")}</span>}
            </li>
          ))}
        </ol>
      ) : (
        question.answer && <p className="text-sm">{t("keyIs", { answer: question.answer })}</p>
      )}
      <BlindNote blind={question.blind} />
      {question.proof && (
        <blockquote lang="en" className="border-l-3 border-accent pl-3 text-sm text-ink-soft">
          {question.proof}
        </blockquote>
      )}
      {words(question.explanation) && <p className="text-sm text-ink-soft">{words(question.explanation)}</p>}
    </div>
  );
}

/** What somebody answered who did not see the key. Where nobody has, that is said, and the teacher is who decides. */
function BlindNote({ blind }: { blind: Blind }) {
  const t = useTranslations("run");
  if (blind.answer === null && blind.answer_without_passage === null)
    return <p className="text-sm text-warn">{t("blindNobody")}</p>;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-sm">
      <dt className="text-ink-faint">{t("blind")}</dt>
      <dd>
        {blind.answer ?? "–"} · {t(blind.reached_key ? "reachedKey" : "missedKey")}
      </dd>
      <dt className="text-ink-faint">{t("blindWithout")}</dt>
      <dd>
        {blind.answer_without_passage ?? "–"} · {t(blind.fails_without_passage ? "needsText" : "withoutText")}
      </dd>
    </dl>
  );
}

function Foot({ question, number, isOpen, mayDecide, onDecide, onEdit }: Props) {
  const t = useTranslations("run");
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-t border-line px-5 py-3">
      <div className="flex items-center gap-3 text-sm text-ink-faint">
        <span>{t("quality")}</span>
        <Progress value={question.quality * 100} label={t("qualityOfQuestion", { number })} className="w-24" />
        <span className="tabular-nums">{percent(question.quality)}</span>
      </div>
      {isOpen && (
        <div className="flex flex-wrap gap-2">
          {mayEdit(question) && (
            <Button size="sm" look="quiet" onClick={onEdit}>
              <Pencil aria-hidden />
              {t("editQuestion")}
            </Button>
          )}
          {question.state === "waiting" ? (
            <>
              <Button size="sm" disabled={!mayDecide} onClick={() => onDecide("refused")}>
                <X aria-hidden />
                {t("refuse")}
              </Button>
              <Button size="sm" look="primary" disabled={!mayDecide} onClick={() => onDecide("approved")}>
                <CheckIcon aria-hidden />
                {t("approveOne")}
              </Button>
            </>
          ) : (
            <Button size="sm" look="quiet" disabled={!mayDecide} onClick={() => onDecide("waiting")}>
              <RotateCcw aria-hidden />
              {t("decideAgain")}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
