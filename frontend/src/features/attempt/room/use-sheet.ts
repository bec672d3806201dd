"use client";

import { useEffect, useState } from "react";
import { journalOf } from "@/lib/journal/journal";
import { useAppStore, useUser } from "@/lib/store";
import { AnswerSheet } from "../saving/answer-sheet";
import { tabsOf } from "../saving/tabs";
import { sendLeavingTo, sendTo } from "../saving/transport";
import type { Attempt } from "./use-attempt";

/** The answers of this attempt, kept and sent for as long as the page is open. */
export function useSheet(attempt: Attempt): AnswerSheet {
  const user = useUser().id;
  const { id } = attempt;
  const [sheet] = useState(
    () =>
      new AnswerSheet({
        attempt: id,
        journal: journalOf(user),
        send: sendTo(id),
        sendLeaving: sendLeavingTo(id),
        openTabs: () => tabsOf(user, id),
      }),
  );
  useEffect(() => sheet.open(), [sheet]);
  useEffect(() => void sheet.load(attempt.answers, attempt.late_answers), [sheet, attempt]);
  useEffect(() => keepSending(sheet), [sheet]);
  return sheet;
}

function keepSending(sheet: AnswerSheet): () => void {
  // Asked once: a browser that agrees does not clear the journal when its disk runs full.
  void navigator.storage?.persist?.();
  const tryNow = () => sheet.tryNow();
  const leave = () => sheet.leave();
  const hide = () => {
    if (document.visibilityState === "hidden") sheet.leave();
  };
  window.addEventListener("online", tryNow);
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", hide);
  const stop = useAppStore.subscribe(
    (state) => state.session,
    (session) => session === "in" && sheet.tryNow(),
  );
  return () => {
    window.removeEventListener("online", tryNow);
    window.removeEventListener("pagehide", leave);
    document.removeEventListener("visibilitychange", hide);
    stop();
  };
}
