"use client";

import { Check, Headphones, Volume2, VolumeX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/states";
import { cn } from "@/lib/cn";
import { canSound, playTestTone } from "@/lib/sound";

/** asked: it sounded, and only the person knows whether it was heard. blocked: the browser kept the page silent. */
type State = "untried" | "playing" | "asked" | "heard" | "unheard" | "blocked";

const steps = ["plug", "volume", "output", "browser"] as const;

/** Before an exam with listening: nobody should learn in the exam that the headphones are off. */
export function SoundCheck({ className }: { className?: string }) {
  const t = useTranslations("sound");
  const [state, setState] = useState<State>("untried");
  if (!canSound()) {
    return (
      <Note tone="bad" role="alert" className={className}>
        {t("missing")}
      </Note>
    );
  }
  const play = async () => {
    setState("playing");
    setState((await playTestTone()) ? "asked" : "blocked");
  };
  return (
    <section className={cn("grid gap-3 rounded-control border border-line p-4 text-left text-sm", className)}>
      <div className="flex items-start gap-3">
        <Headphones className="mt-0.5 size-5 shrink-0 text-accent" aria-hidden />
        <div className="grid gap-1">
          <h2 className="font-semibold">{t("title")}</h2>
          <p className="text-ink-soft">{t("about")}</p>
        </div>
      </div>
      <div role="status" className="grid gap-3 empty:hidden">
        <Outcome state={state} />
      </div>
      <div className="flex flex-wrap gap-2">
        {state === "asked" ? (
          <>
            <Button onClick={() => setState("heard")}>
              <Volume2 aria-hidden />
              {t("heard")}
            </Button>
            <Button onClick={() => setState("unheard")}>
              <VolumeX aria-hidden />
              {t("notHeard")}
            </Button>
          </>
        ) : (
          <Button
            look={state === "heard" ? "quiet" : "secondary"}
            onClick={() => void play()}
            isBusy={state === "playing"}
          >
            {t(state === "untried" ? "play" : state === "playing" ? "playing" : "again")}
          </Button>
        )}
      </div>
    </section>
  );
}

function Outcome({ state }: { state: State }) {
  const t = useTranslations("sound");
  switch (state) {
    case "asked":
      return (
        <p>
          <span className="font-semibold">{t("ask")}</span> <span className="text-ink-soft">{t("volume")}</span>
        </p>
      );
    case "heard":
      return (
        <Note tone="good" className="flex gap-2.5">
          <Check className="mt-0.5 size-4 shrink-0" aria-hidden />
          {t("good")}
        </Note>
      );
    case "unheard":
    case "blocked":
      return (
        <Note tone="warn">
          <p className="font-semibold">{t(state === "blocked" ? "blocked" : "bad")}</p>
          <ol className="mt-2 list-decimal space-y-1 pl-5 text-ink">
            {steps.map((step) => (
              <li key={step}>{t(`steps.${step}`)}</li>
            ))}
          </ol>
        </Note>
      );
    default:
      return null;
  }
}
