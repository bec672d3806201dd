"use client";

import { useLocale, useTranslations } from "next-intl";
import { useTheme } from "@/components/shell/use-theme";
import { Card } from "@/components/ui/card";
import { SignInForm } from "@/features/accounts/sign-in-form";
import { nextPlace } from "@/features/accounts/next-place";
import { Link, useRouter } from "@/i18n/navigation";

export function SignInPage() {
  useTheme();
  const t = useTranslations("accounts");
  const common = useTranslations("common");
  const shell = useTranslations("shell");
  const other = useLocale() === "zh" ? "en" : "zh";
  const router = useRouter();
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-sm content-center gap-6 px-4 py-10">
      <div className="grid justify-items-center gap-3 text-center">
        <span
          aria-hidden
          className="grid size-12 place-items-center rounded-xl bg-accent text-xl font-semibold text-on-accent"
        >
          四
        </span>
        <div>
          <h1 className="text-xl font-semibold">{t("welcome")}</h1>
          <p className="text-sm text-ink-soft">{common("tagline")}</p>
        </div>
      </div>
      <Card className="p-5 sm:p-6">
        <SignInForm onSignedIn={() => router.replace(nextPlace(window.location.search))} />
      </Card>
      <p className="text-center text-sm text-ink-faint">{t("help")}</p>
      <Link
        href="/sign-in"
        locale={other}
        aria-label={shell("languageLabel")}
        className="justify-self-center rounded-control px-3 py-2 text-sm text-ink-soft hover:bg-sunken"
      >
        {shell("language")}
      </Link>
    </main>
  );
}
