"use client";

import { useTranslations } from "next-intl";
import { SignInForm } from "@/features/accounts/sign-in-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { giveUpSignIn } from "@/lib/session";
import { useAppStore } from "@/lib/store";

/** The page stays as it is below, and what it wanted to send goes on afterwards. */
export function SignInDialog() {
  const t = useTranslations("accounts");
  const username = useAppStore((state) => state.me?.username ?? "");
  return (
    <Dialog
      open
      onOpenChange={() => undefined}
      isDismissable={false}
      title={t("expiredTitle")}
      about={t("expiredAbout")}
    >
      <SignInForm username={username} />
      <Button look="quiet" className="mt-3 w-full" onClick={giveUpSignIn}>
        {t("leave")}
      </Button>
    </Dialog>
  );
}
