"use client";

import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { Card } from "@/components/ui/card";
import { PasswordForm } from "@/features/accounts/password-form";

/** Comes before every page while the password is one that somebody else has seen. */
export function ForcedPasswordChange() {
  const t = useTranslations("accounts");
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md content-center gap-6 px-4 py-10">
      <div className="grid gap-1">
        <h1 className="text-xl font-semibold">{t("mustChangeTitle")}</h1>
        <p className="text-sm text-ink-soft">{t("mustChangeAbout")}</p>
      </div>
      <Card className="p-5 sm:p-6">
        <PasswordForm onChanged={() => toast.success(t("passwordChanged"))} />
      </Card>
    </main>
  );
}
