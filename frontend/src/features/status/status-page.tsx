"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { useTheme } from "@/components/shell/use-theme";
import { Wordmark } from "@/components/shell/wordmark";
import { Status, type Tone } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { Note } from "@/components/ui/states";
import { Link } from "@/i18n/navigation";
import { $api } from "@/lib/api";
import { useTimes } from "@/lib/time";

type Seen = Schema<"StatusOut">;

const ASK_EVERY_MS = 30_000;
const tones = { works: "good", slow: "warn", down: "bad" } as const satisfies Record<Seen["state"], Tone>;

/** For anybody, signed in or not. A server that does not answer at all is the worst state, and is said as that. */
export function StatusPage() {
  useTheme();
  const t = useTranslations("status");
  const status = $api.useQuery("get", "/api/v1/status", {}, { refetchInterval: ASK_EVERY_MS, retry: false });
  return (
    <div className="mx-auto grid min-h-dvh max-w-2xl grid-rows-[auto_1fr_auto] gap-8 px-6 py-8">
      <header>
        <Wordmark />
      </header>
      <main className="grid content-start gap-5">
        <div className="grid gap-1.5">
          <h1 className="font-title text-2xl font-semibold sm:text-3xl">{t("title")}</h1>
          <p className="text-sm text-ink-soft">{t("about")}</p>
        </div>
        {status.isError ? (
          <Whole state="down" title={t("unreachable")} />
        ) : status.data ? (
          <Parts seen={status.data} />
        ) : (
          <Skeleton className="h-72" />
        )}
      </main>
      <footer className="text-sm">
        <Link href="/sign-in" className="text-accent underline-offset-4 hover:underline">
          {t("signIn")}
        </Link>
      </footer>
    </div>
  );
}

function Whole({ state, title }: { state: Seen["state"]; title: string }) {
  const t = useTranslations("status");
  return (
    <Note tone={tones[state]} role="status">
      <strong className="font-semibold">{title}</strong>
      <p className="mt-0.5 text-ink-soft">{t(`advice.${state}`)}</p>
    </Note>
  );
}

function Parts({ seen }: { seen: Seen }) {
  const t = useTranslations("status");
  const times = useTimes();
  return (
    <>
      <Whole state={seen.state} title={t(`all.${seen.state}`)} />
      <Card className="overflow-hidden">
        <ul className="divide-y divide-line">
          {seen.parts.map(({ name, state }) => (
            <li key={name} className="flex min-h-touch items-center justify-between gap-4 px-5 py-3">
              <span>{t(`parts.${name}`)}</span>
              <Status tone={tones[state]}>{t(`states.${state}`)}</Status>
            </li>
          ))}
        </ul>
      </Card>
      <p className="text-sm text-ink-faint">{t("checked", { at: times.clock(seen.at) })}</p>
    </>
  );
}
