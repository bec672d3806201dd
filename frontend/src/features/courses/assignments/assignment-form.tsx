"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm, useWatch } from "react-hook-form";
import type { Schema } from "@/client/types";
import { Button } from "@/components/ui/button";
import { DialogButtons } from "@/components/ui/dialog";
import { Check, Field } from "@/components/ui/field";
import { Input, NativeSelect } from "@/components/ui/input";
import { Note, ProblemNote } from "@/components/ui/states";
import { Choices } from "@/features/courses/assignments/choices";
import {
  assignmentShape,
  formOf,
  type AssignmentFields,
  type AssignmentForm as Form,
} from "@/features/courses/assignments/shape";
import { useRefusedFields } from "@/lib/refused-fields";
import { useWords } from "@/lib/words";

interface Props {
  papers: Schema<"PaperOut">[];
  /** Null: a new one. */
  assignment: Schema<"AssignmentOut"> | null;
  onSave: (fields: AssignmentFields) => Promise<unknown>;
  onCancel: () => void;
}

type Reason = "required" | "chooseSection" | "closesBeforeOpens" | "attemptsBetween" | "keyReleaseNeedsEnd";

export function AssignmentForm({ papers, assignment, onSave, onCancel }: Props) {
  const t = useTranslations("assignments");
  const common = useTranslations("common");
  const words = useWords();
  const saving = useMutation({ mutationFn: onSave });
  const { register, control, formState, handleSubmit, setValue, getValues } = useForm<Form, unknown, AssignmentFields>({
    resolver: zodResolver(assignmentShape),
    defaultValues: formOf(assignment),
  });
  const { errors } = formState;
  const [paperId, scope, mode, late] = useWatch({ control, name: ["paper", "scope", "mode", "late_policy"] });
  const paper = papers.find((it) => String(it.id) === paperId);
  const refused = useRefusedFields(saving.error);
  const why = (name: keyof Form) => {
    const error = errors[name] as { message?: string } | undefined;
    if (!error) return refused(name);
    return error.message === "required" ? common("required") : t(error.message as Exclude<Reason, "required">);
  };
  const nameAfterPaper = (id: string) => {
    const chosen = papers.find((it) => String(it.id) === id);
    if (chosen && !getValues("title")) setValue("title", words(chosen.title));
  };

  return (
    <form
      onSubmit={(event) => void handleSubmit((fields) => saving.mutate(fields))(event)}
      noValidate
      className="grid gap-5"
    >
      {assignment && (assignment.completed_count ?? 0) > 0 && <Note>{t("begunNote")}</Note>}
      <Field label={t("paper")} error={why("paper")}>
        {(attributes) => (
          <NativeSelect
            {...attributes}
            {...register("paper", {
              onChange: (event: { target: { value: string } }) => nameAfterPaper(event.target.value),
            })}
          >
            <option value="" />
            {papers.map((it) => (
              <option key={it.id} value={it.id}>
                {words(it.title)}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
      <Field label={t("title")} error={why("title")}>
        {(attributes) => <Input {...attributes} {...register("title")} maxLength={120} />}
      </Field>
      <Choices legend={t("scope")} error={why("sections")}>
        <Check type="radio" value="whole" label={t("wholePaper")} {...register("scope")} />
        <Check type="radio" value="some" label={t("someSections")} {...register("scope")} />
        {scope === "some" && (
          <div className="ml-8 grid sm:grid-cols-2">
            {(paper?.sections ?? []).map((key) => (
              <Check key={key} value={key} label={common(`sections.${key}`)} {...register("sections")} />
            ))}
          </div>
        )}
      </Choices>
      <Choices legend={t("mode")} error={why("mode")}>
        <Check type="radio" value="exam" label={t("modes.exam")} hint={t("modesAbout.exam")} {...register("mode")} />
        <Check
          type="radio"
          value="practice"
          label={t("modes.practice")}
          hint={t("modesAbout.practice")}
          {...register("mode")}
        />
      </Choices>
      {mode === "exam" && (
        <Choices legend={t("start")} error={why("start")}>
          {(["personal", "room"] as const).map((value) => (
            <Check
              key={value}
              type="radio"
              value={value}
              label={t(`starts.${value}`)}
              hint={t(`startsAbout.${value}`)}
              {...register("start")}
            />
          ))}
        </Choices>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("opensAt")} hint={t("noTime")} error={why("opens_at")}>
          {(attributes) => <Input {...attributes} type="datetime-local" {...register("opens_at")} />}
        </Field>
        <Field label={t("closesAt")} hint={t("noTime")} error={why("closes_at")}>
          {(attributes) => <Input {...attributes} type="datetime-local" {...register("closes_at")} />}
        </Field>
        <Field
          label={t("latePolicy")}
          hint={late === "flag" && mode === "exam" && t("lateKeepsKeys")}
          error={why("late_policy")}
        >
          {(attributes) => (
            <NativeSelect {...attributes} {...register("late_policy")}>
              <option value="refuse">{t("latePolicies.refuse")}</option>
              <option value="flag">{t("latePolicies.flag")}</option>
            </NativeSelect>
          )}
        </Field>
        <Field label={t("attemptsAllowed")} error={why("attempts_allowed")}>
          {(attributes) => (
            <Input
              {...attributes}
              type="number"
              inputMode="numeric"
              min={1}
              max={20}
              {...register("attempts_allowed")}
            />
          )}
        </Field>
        <Field label={t("keyRelease")} error={why("key_release")} className="sm:col-span-2">
          {(attributes) => (
            <NativeSelect {...attributes} {...register("key_release")}>
              {(["on_submission", "after_window", "by_teacher"] as const).map((value) => (
                <option key={value} value={value}>
                  {t(`keyReleases.${value}`)}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
      </div>
      <Check label={t("isRequired")} {...register("is_required")} />
      <ProblemNote error={saving.error} />
      <DialogButtons>
        <Button onClick={onCancel}>{common("cancel")}</Button>
        <Button type="submit" look="primary" isBusy={saving.isPending}>
          {assignment ? common("save") : t("create")}
        </Button>
      </DialogButtons>
    </form>
  );
}
