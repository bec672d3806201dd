"use client";

import { useTranslations } from "next-intl";
import { SignInForm } from "@/features/accounts/sign-in-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { giveUpSignIn } from "@/lib/session";
import { useAppStore } from "@/lib/store";

/** The session ended under an open page: the page stays as it is below, and what it wanted to send goes on afterwards. */
export function SignInOverPage() {
  const t = useTranslations("accounts");
  const isExpired = useAppStore((state) => state.session === "expired");
  const username = useAppStore((state) => state.me?.username ?? "");
  return (
    <Dialog
      open={isExpired}
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
