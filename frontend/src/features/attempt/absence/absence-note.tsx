"use client";

import { EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
import type { AbsenceLog } from "./absence-log";

/** Says that an absence was recorded, until the student has read it. */
export function AbsenceNote({ log }: { log: AbsenceLog }) {
  const t = useTranslations("room");
  const last = useStore(log.store, (state) => state.last);
  if (last === null) return null;
  return (
    <div role="status" className="bg-warn-soft text-ink">
      <div className="mx-auto flex max-w-desk flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm">
        <EyeOff className="size-4 shrink-0 text-warn" aria-hidden />
        <span className="min-w-0 flex-1 basis-56">{t("awayRecorded", { seconds: last.seconds })}</span>
        <Button size="sm" onClick={() => log.understood()}>
          {t("understood")}
        </Button>
      </div>
    </div>
  );
}
