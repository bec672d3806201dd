"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { Note } from "@/components/ui/states";
import { useTimes } from "@/lib/time";

type Withheld = Schema<"Withheld">;

/** Why keys, transcripts and free listening of a paper are closed to this student, and when they open again. */
export function WithheldNote({ withheld, className }: { withheld: Withheld; className?: string }) {
  const t = useTranslations("paper.withheld");
  const times = useTimes();
  const { reason, title, until } = withheld;
  const time = until ? times.moment(until) : "";
  const wait = (reason === "window" || reason === "not_sat") && !until ? (`${reason}_no_end` as const) : reason;
  return (
    <Note tone="warn" role="status" className={className}>
      <span className="font-semibold">{t("title", { title })}</span> {t(wait, { time })}
    </Note>
  );
}
