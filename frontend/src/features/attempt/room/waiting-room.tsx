"use client";

import { DoorOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Link } from "@/i18n/navigation";
import { useWords } from "@/lib/words";
import type { Attempt } from "./use-attempt";

/** Before the teacher starts the room. The page moves on by itself; the sound can be tried meanwhile. */
export function WaitingRoom({ attempt }: { attempt: Attempt }) {
  const t = useTranslations("room");
  const words = useWords();
  return (
    <main className="mx-auto grid min-h-dvh max-w-xl content-center gap-5 px-4 py-10">
      <Card className="grid justify-items-center gap-4 px-6 py-10 text-center">
        <span className="grid size-14 place-items-center rounded-full bg-accent-soft text-accent">
          <DoorOpen className="size-7" aria-hidden />
        </span>
        <h1 className="text-xl font-semibold">{words(attempt.paper_title)}</h1>
        <p role="status" className="animate-pulse font-medium text-accent">
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
        <SoundTest />
        <Button asChild look="link">
          <Link href="/">{t("leave")}</Link>
        </Button>
      </Card>
    </main>
  );
}

/** A second of a plain tone, so that nobody learns in the exam that the headphones are off. */
function SoundTest() {
  const t = useTranslations("room");
  const [isTried, setTried] = useState(false);
  const play = () => {
    const context = new AudioContext();
    const tone = context.createOscillator();
    const volume = context.createGain();
    volume.gain.value = 0.2;
    tone.frequency.value = 440;
    tone.connect(volume).connect(context.destination);
    tone.start();
    tone.stop(context.currentTime + 1);
    tone.onended = () => void context.close();
    setTried(true);
  };
  return (
    <div className="grid justify-items-center gap-1.5">
      <Button onClick={play}>{t("trySound")}</Button>
      {isTried && <p className="text-sm text-ink-soft">{t("triedSound")}</p>}
    </div>
  );
}
