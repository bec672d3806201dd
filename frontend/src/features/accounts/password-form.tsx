"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { z } from "@/lib/shapes";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { ProblemNote } from "@/components/ui/states";
import { PasswordInput } from "@/features/accounts/password-input";
import { api, take } from "@/lib/api";
import { useRefusedFields } from "@/lib/refused-fields";
import { useAppStore } from "@/lib/store";

const SHORTEST = 8;

export const passwordShape = z
  .object({ old: z.string().min(1, "required"), new: z.string().min(SHORTEST, "tooShort"), again: z.string() })
  .refine((it) => it.new === it.again, { path: ["again"], message: "notSame" })
  .refine((it) => it.new !== it.old, { path: ["new"], message: "sameAsOld" });

type Key = "required" | "tooShort" | "notSame" | "sameAsOld";

export function PasswordForm({ onChanged }: { onChanged?: () => void }) {
  const t = useTranslations("accounts");
  const [refusal, setRefusal] = useState<unknown>(null);
  const form = useForm({ resolver: zodResolver(passwordShape), defaultValues: { old: "", new: "", again: "" } });
  const { errors, isSubmitting } = form.formState;
  const refused = useRefusedFields(refusal);
  const words = (name: "old" | "new" | "again") => {
    const why = errors[name]?.message;
    return why ? t(why as Key) : refused(name);
  };

  const change = form.handleSubmit(async ({ old, new: fresh }) => {
    setRefusal(null);
    try {
      const me = await take(api.PUT("/api/v1/me/password", { body: { old, new: fresh } }));
      if (me) useAppStore.getState().signedIn(me);
      form.reset();
      onChanged?.();
    } catch (error) {
      setRefusal(error);
    }
  });

  return (
    <form onSubmit={(event) => void change(event)} noValidate className="grid gap-4">
      <Field label={t("oldPassword")} error={words("old")}>
        {(control) => <PasswordInput {...control} {...form.register("old")} autoComplete="current-password" />}
      </Field>
      <Field label={t("newPassword")} hint={t("passwordHint")} error={words("new")}>
        {(control) => <PasswordInput {...control} {...form.register("new")} autoComplete="new-password" />}
      </Field>
      <Field label={t("repeatPassword")} error={words("again")}>
        {(control) => <PasswordInput {...control} {...form.register("again")} autoComplete="new-password" />}
      </Field>
      <ProblemNote error={refusal} />
      <Button type="submit" look="primary" isBusy={isSubmitting} className="justify-self-start">
        {t("changePassword")}
      </Button>
    </form>
  );
}
