"use client";

import { CloudCheck, CloudOff, LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { useStore } from "zustand";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { journalOf } from "@/lib/journal/journal";
import { useUser } from "@/lib/store";
import { useTimes } from "@/lib/time";
import { useWords } from "@/lib/words";
import { useRoom } from "./room-context";

/** "Saved 10:32:05": the server's time of the last acknowledged save, nothing less. */
export function SaveState() {
  const t = useTranslations("room");
  const times = useTimes();
  const { sheet } = useRoom();
  const status = useStore(sheet.store, (state) => state.status);
  const savedAt = useStore(sheet.store, (state) => state.savedAt);
  const isDone = status === "saved";
  const isWaiting = status === "unsaved" || status === "sending";
  const Icon = isDone ? CloudCheck : isWaiting ? LoaderCircle : CloudOff;
  return (
    <p
      role="status"
      data-save={status}
      className="flex shrink-0 items-center gap-1 text-xs whitespace-nowrap text-ink-soft tabular-nums"
    >
      <Icon
        className={isDone ? "size-3.5 text-good" : isWaiting ? "size-3.5 animate-spin" : "size-3.5 text-warn"}
        aria-hidden
      />
      {isDone
        ? savedAt
          ? t("savedAt", { time: times.clock(savedAt) })
          : t("nothingYet")
        : isWaiting
          ? t("saving")
          : t("onDevice")}
    </p>
  );
}

/** What keeps answers from the server, in words and with what to do; nothing while all is well. */
export function SaveTrouble() {
  const t = useTranslations("room");
  const words = useWords();
  const user = useUser();
  const { sheet } = useRoom();
  const { status, problem, replacements, answers } = useStore(sheet.store);
  const unsaved = Object.values(answers).filter(({ state }) => state !== "saved").length;
  const isDurable = journalOf(user.id).isDurable;
  const again = (
    <Button size="sm" onClick={() => sheet.tryNow()}>
      {t("tryNow")}
    </Button>
  );
  return (
    <div className="empty:hidden">
      {status === "offline" && (
        <Strip action={again}>
          {isDurable ? t("offline", { count: unsaved }) : t("offlineNotKept", { count: unsaved })}
        </Strip>
      )}
      {status === "signed-out" && <Strip>{t("signedOut", { count: unsaved })}</Strip>}
      {problem && <Strip action={again}>{t("refused", { reason: words(problem.words) })}</Strip>}
      {!isDurable && status !== "offline" && <Strip>{t("notKept")}</Strip>}
      {replacements.map(({ item, mine, now }) => (
        <Strip
          key={item}
          action={
            <Button size="sm" onClick={() => sheet.forgetReplacements()}>
              {t("understood")}
            </Button>
          }
        >
          {t("replaced", { slot: item, mine: short(mine) || t("empty"), now: short(now) || t("empty") })}
        </Strip>
      ))}
    </div>
  );
}

function Strip({ children, action }: { children: React.ReactNode; action?: React.ReactNode }) {
  return (
    <Banner tone="warn" role="alert" action={action} className="border-t">
      {children}
    </Banner>
  );
}

function short(value: string): string {
  return value.length > 40 ? `${value.slice(0, 40)}…` : value;
}
