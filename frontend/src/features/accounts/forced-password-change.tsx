"use client";

import { Skeleton } from "@/components/ui/skeleton";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { toast } from "@/lib/toast";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { api } from "@/lib/api";
import { asProblem } from "@/lib/problem";
import { useAppStore } from "@/lib/store";
import { useWords } from "@/lib/words";

const PasswordForm = dynamic(() => import("@/features/accounts/password-form").then((it) => it.PasswordForm), {
  loading: () => <Skeleton className="h-83" />,
});

/** Comes before every page while the password is one that somebody else has seen. */
export function ForcedPasswordChange() {
  const t = useTranslations("accounts");
  const shell = useTranslations("shell");
  const words = useWords();
  const leave = () =>
    api.DELETE("/api/v1/session").then(
      () => useAppStore.getState().signedOut(),
      (error: unknown) => void toast.error(words(asProblem(error).words)),
    );
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md content-center gap-6 px-4 py-10">
      <div className="grid gap-1">
        <h1 className="text-xl font-semibold">{t("mustChangeTitle")}</h1>
        <p className="text-sm text-ink-soft">{t("mustChangeAbout")}</p>
      </div>
      <Card className="p-5 sm:p-6">
        <PasswordForm onChanged={() => toast.success(t("passwordChanged"))} />
      </Card>
      <Button look="quiet" className="justify-self-start" onClick={() => void leave()}>
        {shell("signOut")}
      </Button>
    </main>
  );
}
