"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useWords } from "@/lib/words";
import { namesOf } from "../plan/plan-rules";
import type { Run, StageName } from "../types";
import { useStageBody } from "../use-draft";
import type { Thing } from "./trace-rules";

const draftOf = (run: Run, name: StageName) => run.stages.find((stage) => stage.name === name)?.draft?.id ?? null;

/** What each key is called, as a teacher knows it. */
export function useNames(run: Run): (thing: Thing, key: string) => string {
  const t = useTranslations("run");
  const words = useWords();
  const analysis = useStageBody(run.id, "analysis", draftOf(run, "analysis")).data;
  const plan = useStageBody(run.id, "plan", draftOf(run, "plan")).data;
  const questions = useStageBody(run.id, "questions", draftOf(run, "questions")).data;
  const criteria = useStageBody(run.id, "criteria", draftOf(run, "criteria")).data;
  return useMemo(() => {
    const points = namesOf(analysis);
    const named: Record<Thing, Map<string, string>> = {
      objectives: new Map(analysis?.objectives.map(({ key, text }) => [key, text])),
      points,
      rows: new Map(
        plan?.sessions.flatMap(({ number, rows }) =>
          rows.map((row) => {
            const title = row.points.map((key) => points.get(key) ?? key).join(t("and"));
            return [row.key, `${t("session", { number })} · ${title}`] as const;
          }),
        ),
      ),
      questions: new Map(
        questions?.questions.map(({ key }, place) => [key, t("question", { number: place + 1 })] as const),
      ),
      criteria: new Map(
        criteria?.criteria.flatMap(({ lines }) => lines.map(({ key, text }) => [key, words(text)] as const)),
      ),
    };
    return (thing, key) => named[thing].get(key) ?? key;
  }, [analysis, plan, questions, criteria, t, words]);
}
