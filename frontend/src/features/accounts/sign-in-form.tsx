"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { PasswordInput } from "@/features/accounts/password-input";
import { useWait, Waiting } from "@/features/accounts/waiting";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ProblemNote } from "@/components/ui/states";
import { api, take } from "@/lib/api";
import { asProblem } from "@/lib/problem";
import { finishSignIn } from "@/lib/session";
import type { Me } from "@/lib/store";

const shape = z.object({ username: z.string().trim().min(1), password: z.string().min(1) });

interface Props {
  /** Known when somebody signs in again: filled in, and the password is what is asked for. */
  username?: string;
  onSignedIn?: (me: Me) => void;
}

export function SignInForm({ username = "", onSignedIn }: Props) {
  const t = useTranslations("accounts");
  const wait = useWait();
  const [refusal, setRefusal] = useState<unknown>(null);
  const form = useForm({ resolver: zodResolver(shape), defaultValues: { username, password: "" } });
  const { errors, isSubmitting } = form.formState;

  const signIn = form.handleSubmit(async (body) => {
    setRefusal(null);
    try {
      const me = await take(api.POST("/api/v1/session", { body }));
      if (!me) return;
      finishSignIn(me);
      onSignedIn?.(me);
    } catch (error) {
      wait.start(asProblem(error).retryAfter);
      setRefusal(error);
      form.resetField("password");
      form.setFocus("password");
    }
  });

  return (
    <form onSubmit={(event) => void signIn(event)} noValidate className="grid gap-4">
      <Field label={t("username")} error={errors.username && t("required")}>
        {(control) => (
          <Input
            {...control}
            {...form.register("username")}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus={!username}
          />
        )}
      </Field>
      <Field label={t("password")} error={errors.password && t("required")}>
        {(control) => (
          <PasswordInput
            {...control}
            {...form.register("password")}
            autoComplete="current-password"
            autoFocus={Boolean(username)}
          />
        )}
      </Field>
      <ProblemNote error={refusal} />
      <Waiting wait={wait} />
      <Button type="submit" look="primary" size="lg" isBusy={isSubmitting} disabled={wait.left > 0}>
        {t("signIn")}
      </Button>
    </form>
  );
}
