"use client";

import { useTranslations } from "next-intl";
import { useStore } from "zustand";
import { Stat } from "@/components/ui/stat";
import { Note } from "@/components/ui/states";
import { Stepper } from "@/components/ui/stepper";
import { openPart, type Reading } from "../clock/reading";
import { useRoom } from "./room-context";

/** Pens down: writing and listening are collected. What is still on its way may still arrive; it is kept as late. */
export function Collection({ reading }: { reading: Reading }) {
  const t = useTranslations("room");
  const { attempt, sheet } = useRoom();
  const answers = useStore(sheet.store, (state) => state.answers);
  const slots = attempt.parts.filter(({ state }) => state === "locked").flatMap((part) => part.slots);
  const answered = slots.filter((slot) => answers[slot]?.value).length;
  const late = slots.filter((slot) => answers[slot]?.late !== null && answers[slot] !== undefined);
  const steps = attempt.parts.map(({ key, duration_ms }) => ({
    key,
    title: t(`parts.${key}`),
    about: t("minutes", { minutes: Math.round(duration_ms / 60_000) }),
  }));
  return (
    <div className="mx-auto grid max-w-prose content-center gap-8 py-10 sm:min-h-[60dvh]">
      <div className="grid gap-3 text-center">
        <h2 className="font-title text-3xl font-semibold">{t("collectionTitle")}</h2>
        <p className="text-ink-soft">{t("collectionAbout")}</p>
      </div>
      <dl className="justify-self-center text-center">
        <Stat label={t("sheet")} value={t("collected", { count: answered, of: slots.length })} />
      </dl>
      {late.length > 0 && <Note tone="warn">{t("lateList", { slots: late.join(t("comma")) })}</Note>}
      <Stepper label={t("progress")} steps={steps} current={openPart(reading)?.key ?? null} />
    </div>
  );
}
