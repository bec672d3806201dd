"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { useForm } from "react-hook-form";
import { z } from "@/lib/shapes";
import { Button } from "@/components/ui/button";
import { DialogButtons } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ProblemNote } from "@/components/ui/states";
import { freshKey } from "@/lib/fresh-key";
import { useRefusedFields } from "@/lib/refused-fields";

export interface Decision {
  minutes: number;
  reason: string;
  /** One for each opening of the form: a decision that is sent again after a lost answer counts once. */
  key: string;
}

interface Props {
  minutes: { label: string; hint?: string; least: number; most: number; first: number };
  action: string;
  /** False while what stands above the form is not chosen yet. */
  isReady?: boolean;
  /** Closes the dialog once it is done; a refusal is shown in place. */
  onDecide: (decision: Decision) => Promise<unknown>;
  onCancel: () => void;
  children?: ReactNode;
}

/** Minutes and a reason, which stay on record: the form of every decision about an exam that runs. */
export function DecisionForm({ minutes, action, isReady = true, onDecide, onCancel, children }: Props) {
  const t = useTranslations("seats");
  const common = useTranslations("common");
  const { least, most } = minutes;
  const [key] = useState(freshKey);
  const shape = z.object({
    minutes: z.coerce.number<string>().int().min(least).max(most),
    reason: z.string().trim().min(1).max(200),
  });
  const { register, handleSubmit, formState, setValue } = useForm<
    z.input<typeof shape>,
    unknown,
    z.output<typeof shape>
  >({ resolver: zodResolver(shape), defaultValues: { minutes: String(minutes.first), reason: "" } });
  const deciding = useMutation({ mutationFn: onDecide });
  const refused = useRefusedFields(deciding.error);
  const { errors } = formState;
  const reasons = ["network", "power", "illness"] as const;

  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => void handleSubmit((decision) => deciding.mutate({ ...decision, key }))(event)}
    >
      {children}
      <Field
        label={minutes.label}
        hint={minutes.hint}
        error={errors.minutes ? t("minutesBetween", { least, most }) : refused("minutes")}
      >
        {(control) => (
          <Input {...control} type="number" inputMode="numeric" min={least} max={most} {...register("minutes")} />
        )}
      </Field>
      <div className="grid gap-2">
        <Field
          label={t("reason")}
          hint={t("reasonHint")}
          error={errors.reason ? common("required") : refused("reason")}
        >
          {(control) => <Input {...control} maxLength={200} autoComplete="off" {...register("reason")} />}
        </Field>
        <div className="flex flex-wrap gap-2">
          {reasons.map((reason) => (
            <Button
              key={reason}
              size="sm"
              look="secondary"
              onClick={() => setValue("reason", t(`reasons.${reason}`), { shouldValidate: formState.isSubmitted })}
            >
              {t(`reasons.${reason}`)}
            </Button>
          ))}
        </div>
      </div>
      <ProblemNote error={deciding.error} />
      <DialogButtons>
        <Button onClick={onCancel} disabled={deciding.isPending}>
          {common("cancel")}
        </Button>
        <Button type="submit" look="primary" isBusy={deciding.isPending} disabled={!isReady}>
          {action}
        </Button>
      </DialogButtons>
    </form>
  );
}
