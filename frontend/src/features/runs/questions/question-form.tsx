"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogButtons } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, NativeSelect, Textarea } from "@/components/ui/input";
import { Note } from "@/components/ui/states";
import type { Question } from "../types";
import { wrongOf } from "./question-rules";

interface Props {
  question: Question;
  onSave: (change: Partial<Question>) => void;
  onClose: () => void;
}

/** The words of a question and its key. What was proven of the old text is forgotten, which is said before. */
export function QuestionForm({ question, onSave, onClose }: Props) {
  const t = useTranslations("run");
  const common = useTranslations("common");
  const locale = useLocale();
  const [now, setNow] = useState(question);
  const set = (some: Partial<Question>) => setNow({ ...now, ...some });
  const wrong = wrongOf(now);
  const letters = Object.keys(now.choices);
  return (
    <Dialog open onOpenChange={onClose} title={t("editQuestion")} className="sm:max-w-2xl">
      <div className="grid grid-cols-1 gap-4">
        {question.blind.state === "proven" && <Note tone="info">{t("editUnproves")}</Note>}
        <Field label={t("stem")} error={wrong.stem ? common("required") : undefined}>
          {(control) => (
            <Textarea
              {...control}
              lang="en"
              value={now.stem}
              maxLength={2000}
              onChange={(event) => set({ stem: event.target.value })}
            />
          )}
        </Field>
        {letters.map((letter) => (
          <Field key={letter} label={t("choice", { letter })}>
            {(control) => (
              <Input
                {...control}
                lang="en"
                value={now.choices[letter]}
                onChange={(event) => set({ choices: { ...now.choices, [letter]: event.target.value } })}
              />
            )}
          </Field>
        ))}
        {wrong.choices && <Note tone="bad">{t("choicesWrong")}</Note>}
        {letters.length > 0 && (
          <Field label={t("key")} error={wrong.answer ? common("required") : undefined}>
            {(control) => (
              <NativeSelect {...control} value={now.answer} onChange={(event) => set({ answer: event.target.value })}>
                {letters.map((letter) => (
                  <option key={letter}>{letter}</option>
                ))}
              </NativeSelect>
            )}
          </Field>
        )}
        <Field label={t("explanation")}>
          {(control) => (
            <Textarea
              {...control}
              value={now.explanation[locale]}
              onChange={(event) => set({ explanation: { ...now.explanation, [locale]: event.target.value } })}
            />
          )}
        </Field>
      </div>
      <DialogButtons>
        <Button onClick={onClose}>{common("cancel")}</Button>
        <Button
          look="primary"
          disabled={wrong.stem || wrong.choices || wrong.answer}
          onClick={() => {
            const { stem, choices, answer, explanation } = now;
            onSave({ stem: stem.trim(), choices, answer, explanation });
            onClose();
          }}
        >
          {t("take")}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
