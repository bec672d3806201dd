"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/lib/cn";
import { formatLeft, noticeBetween, openPart, type Reading, remainingMs, type TimeNotice } from "../clock/reading";
import { useNow } from "./use-clock";

/** The time left of the open part, big and calm; five minutes and one minute before its end it is said once. */
export function TimeLeft({ reading }: { reading: Reading }) {
  const t = useTranslations("room");
  const now = useNow();
  const part = openPart(reading);
  const left = part ? remainingMs(part, reading, now) : null;
  const notice = useNotice(part?.key ?? "", left);
  if (!part || left === null) return null;
  const isOver = left === 0;
  return (
    <div className="text-right">
      <p
        role="timer"
        aria-label={t("timeLeft", { time: formatLeft(left) })}
        className={cn(
          "text-2xl leading-none font-semibold tabular-nums sm:text-3xl",
          left <= 60_000 && "text-bad",
          left > 60_000 && left <= 300_000 && "text-warn",
        )}
      >
        {isOver ? t("changing") : formatLeft(left)}
      </p>
      <p aria-live="polite" className={notice ? "text-xs font-medium text-warn" : "sr-only"}>
        {notice && t(`notices.${notice}`, { part: t(`parts.${part.key}`) })}
      </p>
    </div>
  );
}

/** Stays from the moment it is due to the end of the part. */
function useNotice(part: string, left: number | null): TimeNotice | null {
  const [seen, setSeen] = useState<{ part: string; left: number | null; notice: TimeNotice | null }>({
    part,
    left: null,
    notice: null,
  });
  if (left === null) return null;
  const before = seen.part === part ? seen.left : null;
  const due = noticeBetween(before, left);
  if (seen.part !== part || before === null || due !== null) {
    const notice = due ?? (seen.part === part ? seen.notice : null);
    // The time before is kept only where it decides something: rendering four times a second must not set state each time.
    setSeen({ part, left, notice });
    return notice;
  }
  return seen.notice;
}
