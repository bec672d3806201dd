"use client";

import { Languages } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { clockOf } from "@/components/attempts/exam-clock";
import { useSwitchLanguage } from "@/components/shell/switch-language";
import { ThemeChoice } from "@/components/shell/theme-choice";
import { useTheme } from "@/components/shell/use-theme";
import { Wordmark } from "@/components/shell/wordmark";
import { Button } from "@/components/ui/button";
import { SignInForm } from "@/features/accounts/sign-in-form";
import { nextPlace } from "@/features/accounts/next-place";
import { useRouter } from "@/i18n/navigation";

export function SignInPage() {
  useTheme();
  const t = useTranslations("accounts");
  const router = useRouter();
  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr_auto] lg:grid-cols-[minmax(0,1fr)_30rem] lg:grid-rows-[1fr_auto]">
      <Cover />
      <main className="grid content-start justify-items-center px-6 py-8 lg:row-span-2 lg:content-center lg:border-l lg:border-line lg:bg-surface lg:px-12">
        <div className="grid w-full max-w-sm gap-7">
          <div className="grid gap-1">
            <h1 className="font-title text-2xl font-semibold">{t("welcome")}</h1>
            <p className="text-sm text-ink-soft">{t("help")}</p>
          </div>
          <SignInForm onSignedIn={(me) => router.replace(nextPlace(window.location.search, me.role))} />
        </div>
      </main>
      <Foot />
    </div>
  );
}

/** What the product is about, as on the cover of a paper: the day of the examination, to scale. */
function Cover() {
  const t = useTranslations("accounts");
  return (
    <header className="flex flex-col justify-between gap-12 px-6 pt-8 pb-4 lg:px-16 lg:pt-12 lg:pb-10">
      <Wordmark />
      <div className="hidden max-w-xl gap-10 lg:grid">
        <div className="grid gap-4">
          <p className="font-title text-4xl leading-[1.3] font-semibold text-balance">{t("cover")}</p>
          <p className="max-w-md text-ink-soft">{t("coverAbout")}</p>
        </div>
        <Day />
      </div>
      <div className="hidden lg:block" />
    </header>
  );
}

function Day() {
  const t = useTranslations("accounts");
  const attempts = useTranslations("attempts");
  const lines = clockOf([]) ?? [];
  const whole = lines.reduce((sum, { minutes }) => sum + minutes, 0);
  return (
    <figure className="grid gap-3">
      <figcaption className="text-sm text-ink-faint">{t("coverDay", { minutes: whole })}</figcaption>
      <ol className="flex gap-1">
        {lines.map(({ part, minutes }) => (
          <li key={part} style={{ flexGrow: minutes }} className="grid min-w-0 basis-0 content-start gap-1.5">
            <span aria-hidden className={part === "collection" ? "h-1.5 bg-line-strong/50" : "h-1.5 bg-accent"} />
            <Part isNarrow={part === "collection"}>
              <span className="font-title text-xl leading-none font-semibold tabular-nums">{minutes}</span>
              <span className="text-sm text-ink-soft">{attempts(`clock.${part}`)}</span>
            </Part>
          </li>
        ))}
      </ol>
    </figure>
  );
}

/** Five minutes are too narrow for words: they are read out only. */
function Part({ isNarrow, children }: { isNarrow: boolean; children: ReactNode }) {
  return <span className={isNarrow ? "sr-only" : "grid gap-1"}>{children}</span>;
}

function Foot() {
  const shell = useTranslations("shell");
  const switchLanguage = useSwitchLanguage();
  return (
    <footer className="flex flex-wrap items-center justify-between gap-3 px-4 pb-6 lg:px-14 lg:pb-8">
      <Button look="quiet" onClick={switchLanguage} aria-label={shell("languageLabel")}>
        <Languages aria-hidden />
        {shell("language")}
      </Button>
      <ThemeChoice />
    </footer>
  );
}
