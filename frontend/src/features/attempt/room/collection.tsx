"use client";

import { ClipboardCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useStore } from "zustand";
import { EmptyState, Note } from "@/components/ui/states";
import { useRoom } from "./room-context";

/** Pens down: writing and listening are collected. What is still on its way may still arrive; it is kept as late. */
export function Collection() {
  const t = useTranslations("room");
  const { attempt, sheet } = useRoom();
  const answers = useStore(sheet.store, (state) => state.answers);
  const slots = attempt.parts.filter(({ state }) => state === "locked").flatMap((part) => part.slots);
  const answered = slots.filter((slot) => answers[slot]?.value).length;
  const late = slots.filter((slot) => answers[slot]?.late !== null && answers[slot] !== undefined);
  return (
    <EmptyState icon={ClipboardCheck} title={t("collectionTitle")} about={t("collectionAbout")} className="py-20">
      <p className="text-sm text-ink-soft tabular-nums">{t("collected", { count: answered, of: slots.length })}</p>
      {late.length > 0 && <Note tone="warn">{t("lateList", { slots: late.join("、") })}</Note>}
    </EmptyState>
  );
}
