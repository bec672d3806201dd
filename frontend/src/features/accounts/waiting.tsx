"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Note } from "@/components/ui/states";

export interface Wait {
  /** Seconds still to wait. */
  left: number;
  hasWaited: boolean;
  start: (seconds: number | null) => void;
}

/** Counts down what the server asks one to wait after too many wrong passwords. */
export function useWait(): Wait {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(0);
  const left = Math.max(0, Math.ceil((until - now) / 1000));
  useEffect(() => {
    if (left === 0) return;
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, [left]);
  const start = (seconds: number | null) => {
    const at = performance.now();
    setNow(at);
    setUntil(seconds ? at + seconds * 1000 : 0);
  };
  return { left, hasWaited: until > 0, start };
}

export function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export function Waiting({ wait }: { wait: Wait }) {
  const t = useTranslations("accounts");
  if (!wait.hasWaited) return null;
  return (
    <Note tone={wait.left > 0 ? "warn" : "good"} role="status">
      {wait.left > 0 ? t("waitAbout", { time: minutes(wait.left) }) : t("waitOver")}
    </Note>
  );
}
