"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/lib/cn";
import { formatLeft, noticeBetween, openPart, type Reading, remainingMs, type TimeNotice } from "../clock/reading";
import { useNow } from "./use-clock";

/**
 * The time left of the open part: a quiet line until five minutes before its end, then a mark that cannot be overlooked. Five minutes and
 * one minute before the end it is said once. Its place is of one size throughout, so that nothing jumps.
 */
export function TimeLeft({ reading }: { reading: Reading }) {
  const t = useTranslations("room");
  const now = useNow();
  const part = openPart(reading);
  const left = part ? remainingMs(part, reading, now) : null;
  const notice = useNotice(part?.key ?? "", left);
  if (!part || left === null) return null;
  const urgency = left <= 60_000 ? "one" : left <= 300_000 ? "five" : null;
  return (
    <div
      className={cn(
        "min-w-22 rounded-control px-2.5 py-1 text-right transition-colors",
        urgency === "five" && "bg-warn-soft text-warn",
        urgency === "one" && "bg-bad text-on-accent",
      )}
    >
      <p
        role="timer"
        aria-label={t("timeLeft", { time: formatLeft(left) })}
        className={cn("text-2xl leading-none tabular-nums", urgency && "font-semibold")}
      >
        {left === 0 ? t("changing") : formatLeft(left)}
      </p>
      <p aria-hidden className={cn("text-xs", !urgency && "text-ink-faint")}>
        {urgency ? t(`under.${urgency}`) : t("left")}
      </p>
      <p aria-live="polite" className="sr-only">
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
