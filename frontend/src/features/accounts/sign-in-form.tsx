"use client";

import { useTranslations } from "next-intl";
import { useRef, useState, type FormEvent } from "react";
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

interface Props {
  /** Known when somebody signs in again: filled in, and the password is what is asked for. */
  username?: string;
  onSignedIn?: (me: Me) => void;
}

/** Two fields, checked by hand: the first page that anybody sees waits for no form library. */
export function SignInForm({ username = "", onSignedIn }: Props) {
  const t = useTranslations("accounts");
  const wait = useWait();
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [name, setName] = useState(username);
  const [password, setPassword] = useState("");
  const passwordField = useRef<HTMLInputElement>(null);
  const missing = (value: string) => (isTried && !value.trim() ? t("required") : undefined);

  const signIn = async () => {
    setTried(true);
    setRefusal(null);
    if (!name.trim() || !password) return;
    setBusy(true);
    try {
      const me = await take(api.POST("/api/v1/session", { body: { username: name.trim(), password } }));
      if (!me) return;
      finishSignIn(me);
      onSignedIn?.(me);
    } catch (error) {
      wait.start(asProblem(error).retryAfter);
      setRefusal(error);
      setPassword("");
      setTried(false);
      passwordField.current?.focus();
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isBusy) void signIn();
  };

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Field label={t("username")} error={missing(name)}>
        {(control) => (
          <Input
            {...control}
            name="username"
            value={name}
            onChange={(event) => setName(event.target.value)}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus={!username}
          />
        )}
      </Field>
      <Field label={t("password")} error={missing(password)}>
        {(control) => (
          <PasswordInput
            {...control}
            ref={passwordField}
            name="password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            autoComplete="current-password"
            autoFocus={Boolean(username)}
          />
        )}
      </Field>
      <ProblemNote error={refusal} />
      <Waiting wait={wait} />
      <Button type="submit" look="primary" size="lg" isBusy={isBusy} disabled={wait.left > 0}>
        {t("signIn")}
      </Button>
    </form>
  );
}
