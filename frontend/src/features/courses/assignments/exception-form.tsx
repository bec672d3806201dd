"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { z } from "@/lib/shapes";
import type { Schema } from "@/client/types";
import { Button } from "@/components/ui/button";
import { DialogButtons } from "@/components/ui/dialog";
import { Check, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ProblemNote } from "@/components/ui/states";
import { StudentPicker } from "@/features/courses/students/student-picker";
import { useRefusedFields } from "@/lib/refused-fields";
import { fromLocalInput } from "@/lib/time";

export const exceptionShape = z
  .object({
    student: z.number({ error: "required" }).int().positive("required"),
    extra_percent: z.coerce.number<string>().int().min(0).max(200),
    extra_attempts: z.coerce.number<string>().int().min(0).max(20),
    opens_at: z.string(),
    closes_at: z.string(),
    is_excused: z.boolean(),
    reason: z.string().trim().max(200),
  })
  .refine((it) => it.is_excused || it.extra_percent || it.extra_attempts || it.opens_at || it.closes_at, {
    path: ["extra_percent"],
    message: "nothingGiven",
  })
  .refine((it) => !it.opens_at || !it.closes_at || it.opens_at < it.closes_at, {
    path: ["closes_at"],
    message: "closesBeforeOpens",
  });

interface Props {
  course_id: number;
  onSave: (body: Schema<"ExceptionIn">) => Promise<unknown>;
  onCancel: () => void;
}

export function ExceptionForm({ course_id, onSave, onCancel }: Props) {
  const t = useTranslations("assignments");
  const common = useTranslations("common");
  const saving = useMutation({ mutationFn: onSave });
  const refused = useRefusedFields(saving.error);
  const { register, formState, handleSubmit, setValue } = useForm<
    z.input<typeof exceptionShape>,
    unknown,
    z.output<typeof exceptionShape>
  >({
    resolver: zodResolver(exceptionShape),
    defaultValues: {
      student: 0,
      extra_percent: "0",
      extra_attempts: "0",
      opens_at: "",
      closes_at: "",
      is_excused: false,
      reason: "",
    },
  });
  const { errors } = formState;
  const save = handleSubmit(({ opens_at, closes_at, ...fields }) =>
    saving.mutate({ ...fields, opens_at: fromLocalInput(opens_at), closes_at: fromLocalInput(closes_at) }),
  );
  const percentError =
    errors.extra_percent?.message === "nothingGiven" ? t("nothingGiven") : t("between", { most: 200 });

  return (
    <form onSubmit={(event) => void save(event)} noValidate className="grid gap-4 border-t border-line pt-4">
      <StudentPicker
        course_id={course_id}
        error={errors.student ? common("required") : refused("student")}
        onPick={(student) => setValue("student", student?.id ?? 0, { shouldValidate: formState.isSubmitted })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={t("extraPercent")}
          hint={t("extraPercentHint")}
          error={errors.extra_percent ? percentError : refused("extra_percent")}
        >
          {(control) => <Input {...control} type="number" min={0} max={200} step={5} {...register("extra_percent")} />}
        </Field>
        <Field
          label={t("extraAttempts")}
          error={errors.extra_attempts ? t("between", { most: 20 }) : refused("extra_attempts")}
        >
          {(control) => <Input {...control} type="number" min={0} max={20} {...register("extra_attempts")} />}
        </Field>
        <Field label={t("opensAt")} error={refused("opens_at")}>
          {(control) => <Input {...control} type="datetime-local" {...register("opens_at")} />}
        </Field>
        <Field label={t("closesAt")} error={errors.closes_at ? t("closesBeforeOpens") : refused("closes_at")}>
          {(control) => <Input {...control} type="datetime-local" {...register("closes_at")} />}
        </Field>
      </div>
      <Check label={t("isExcused")} {...register("is_excused")} />
      <Field label={t("reason")} error={refused("reason")}>
        {(control) => <Input {...control} {...register("reason")} maxLength={200} />}
      </Field>
      <ProblemNote error={saving.error} />
      <DialogButtons>
        <Button onClick={onCancel}>{common("cancel")}</Button>
        <Button type="submit" look="primary" isBusy={saving.isPending}>
          {common("save")}
        </Button>
      </DialogButtons>
    </form>
  );
}
