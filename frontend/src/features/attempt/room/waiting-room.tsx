"use client";

import { DoorOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { SoundCheck } from "@/components/attempts/sound-check";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Link } from "@/i18n/navigation";
import { useWords } from "@/lib/words";
import type { Attempt } from "./use-attempt";

/** Before the teacher starts the room. The page moves on by itself; the sound can be tried meanwhile. */
export function WaitingRoom({ attempt }: { attempt: Attempt }) {
  const t = useTranslations("room");
  const words = useWords();
  const hasListening = attempt.all_sections.some((key) => key.startsWith("listening"));
  return (
    <main className="mx-auto grid min-h-dvh max-w-xl content-center gap-5 px-4 py-10">
      <Card className="grid justify-items-center gap-4 px-6 py-10 text-center">
        <DoorOpen className="size-8 stroke-[1.5] text-ink-faint" aria-hidden />
        <h1 className="font-title text-2xl font-semibold">{words(attempt.paper_title)}</h1>
        <p role="status" className="animate-breathe font-medium text-accent">
          {t("waitingTitle")}
        </p>
        <p className="text-sm text-ink-soft">{t("waitingAbout")}</p>
        <ul className="grid gap-1 text-sm text-ink-soft">
          {attempt.parts.map((part) => (
            <li key={part.key} className="tabular-nums">
              {t(`parts.${part.key}`)} · {t("minutes", { minutes: Math.round(part.duration_ms / 60_000) })}
            </li>
          ))}
        </ul>
        <p className="text-sm text-ink-soft">{t("watched")}</p>
        {hasListening && <SoundCheck className="w-full" />}
        <Button asChild look="link">
          <Link href="/">{t("leave")}</Link>
        </Button>
      </Card>
    </main>
  );
}
