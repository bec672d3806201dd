"use client";

import { useLocale } from "next-intl";
import { useMemo } from "react";

export interface Times {
  /** 11月24日 09:10 */
  moment: (iso: string) => string;
  /** 2026年11月24日 */
  day: (iso: string) => string;
  /** 11月24日 09:10:32 */
  second: (iso: string) => string;
  /** 10:32:05 */
  clock: (iso: string) => string;
}

/** Moments as the reader's own clock shows them. */
export function useTimes(): Times {
  const locale = useLocale();
  return useMemo(() => {
    const short = { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
    const moment = new Intl.DateTimeFormat(locale, short);
    const second = new Intl.DateTimeFormat(locale, { ...short, second: "2-digit" });
    const day = new Intl.DateTimeFormat(locale, { year: "numeric", month: "short", day: "numeric" });
    const clock = new Intl.DateTimeFormat(locale, { timeStyle: "medium", hourCycle: "h23" });
    return {
      moment: (iso) => moment.format(new Date(iso)),
      second: (iso) => second.format(new Date(iso)),
      day: (iso) => day.format(new Date(iso)),
      clock: (iso) => clock.format(new Date(iso)),
    };
  }, [locale]);
}

/** For `<input type="datetime-local">`: the moment on the reader's clock, "2026-11-24T09:10"; "" for none. */
export function toLocalInput(iso: string | null): string {
  if (!iso) return "";
  const at = new Date(iso);
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

export function fromLocalInput(value: string): string | null {
  return value ? new Date(value).toISOString() : null;
}
