"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import type { Schema } from "@/client/types";
import { Button } from "@/components/ui/button";
import { DialogButtons } from "@/components/ui/dialog";
import { Check, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ProblemNote } from "@/components/ui/states";
import { useReread } from "@/features/alerts/use-reread";
import { api } from "@/lib/api";
import { useRefusedFields } from "@/lib/refused-fields";
import { z } from "@/lib/shapes";

const number = z
  .string()
  .trim()
  .regex(/^\d{1,9}(\.\d{1,3})?$/, "notNumber");
const whole = z
  .string()
  .trim()
  .regex(/^\d{1,6}$/, "notNumber");
const ruleShape = z.object({
  limits: z.array(z.object({ limit: number })),
  minimum: whole,
  hold: whole,
  is_on: z.boolean(),
});

type RuleFields = z.infer<typeof ruleShape>;

export function RuleForm({ rule, onDone }: { rule: Schema<"RuleOut">; onDone: () => void }) {
  const t = useTranslations("alerts");
  const common = useTranslations("common");
  const reread = useReread("/api/v1/alert-rules");
  const saving = useMutation({
    mutationFn: ({ limits, minimum, hold, is_on }: RuleFields) =>
      api.PUT("/api/v1/alert-rules/{name}", {
        params: { path: { name: rule.name } },
        body: { limits: limits.map(({ limit }) => Number(limit)), minimum: Number(minimum), hold: Number(hold), is_on },
      }),
    onSuccess: async () => {
      await reread();
      onDone();
    },
  });
  const refused = useRefusedFields(saving.error);
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(ruleShape),
    defaultValues: asTyped(rule),
  });
  const { errors } = formState;
  const wrong = (isWrong: unknown, name: string) => (isWrong ? t("notNumber") : refused(name));
  return (
    <form
      onSubmit={(event) => void handleSubmit((fields) => saving.mutate(fields))(event)}
      noValidate
      className="grid gap-4 sm:grid-cols-2"
    >
      <Check label={t("on")} hint={t("onHint")} {...register("is_on")} className="sm:col-span-2" />
      {rule.limits.map(({ level }, place) => (
        <Field
          key={level}
          label={t("limitOf", { level: t(`levels.${level}`), unit: t(`unitNames.${rule.unit}`) })}
          error={wrong(errors.limits?.[place], place === 0 ? "limits" : `limits.${place}`)}
        >
          {(control) => <Input {...control} {...register(`limits.${place}.limit`)} inputMode="decimal" />}
        </Field>
      ))}
      <Field label={t("hold")} hint={t("holdHint")} error={wrong(errors.hold, "hold")}>
        {(control) => <Input {...control} {...register("hold")} inputMode="numeric" />}
      </Field>
      <Field label={t("minimum")} hint={t("minimumHint")} error={wrong(errors.minimum, "minimum")}>
        {(control) => <Input {...control} {...register("minimum")} inputMode="numeric" />}
      </Field>
      <div className="sm:col-span-2">
        <ProblemNote error={saving.error} />
        <DialogButtons>
          <Button onClick={onDone}>{common("cancel")}</Button>
          <Button type="submit" look="primary" isBusy={saving.isPending}>
            {common("save")}
          </Button>
        </DialogButtons>
      </div>
    </form>
  );
}

function asTyped(rule: Schema<"RuleOut">): RuleFields {
  return {
    limits: rule.limits.map(({ limit }) => ({ limit: String(limit) })),
    minimum: String(rule.minimum),
    hold: String(rule.hold),
    is_on: rule.is_on,
  };
}
