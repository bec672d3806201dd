"use client";

import { useEffect, useState } from "react";
import { freshKey } from "@/lib/fresh-key";
import { api } from "@/lib/api";
import { asProblem } from "@/lib/problem";
import { useUser } from "@/lib/store";
import { replyOf } from "../saving/transport";
import type { Attempt } from "../room/use-attempt";
import { AbsenceLog, type Report, type Sent } from "./absence-log";

const SEND_AGAIN_MS = 20_000;

/** Records when the exam page is left, for as long as it is open; null where nobody watches (an exam of one's own). */
export function useAbsences(attempt: Attempt): AbsenceLog | null {
  const user = useUser().id;
  const { id } = attempt;
  const isWatched = attempt.assignment !== null;
  const [tabs] = useState(() => new Tabs(`siji-absence-${user}-${id}`));
  const [log] = useState(
    () =>
      new AbsenceLog(tabs.name, {
        send: sendTo(id),
        memory: memory(),
        newKey: freshKey,
        now: () => Date.now(),
        tellHere: () => tabs.tellHere(),
        isHidden: () => document.visibilityState === "hidden",
      }),
  );
  useEffect(() => (isWatched ? watch(log, tabs) : undefined), [isWatched, log, tabs]);
  return isWatched ? log : null;
}

/** The other tabs with the same exam; nobody where the browser has no way to reach them. */
class Tabs {
  private channel: BroadcastChannel | null = null;

  constructor(readonly name: string) {}

  open(hear: () => void): () => void {
    if (typeof BroadcastChannel === "undefined") return () => undefined;
    const channel = new BroadcastChannel(this.name);
    channel.onmessage = hear;
    this.channel = channel;
    return () => {
      channel.close();
      this.channel = null;
    };
  }

  tellHere(): void {
    this.channel?.postMessage("here");
  }
}

function memory(): Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  try {
    return window.localStorage;
  } catch {
    // A browser that keeps nothing: absences are reported all the same, but not across a reload.
    return { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  }
}

function watch(log: AbsenceLog, tabs: Tabs): () => void {
  const look = () => (document.visibilityState === "hidden" ? log.left() : log.cameBack());
  const again = () => void log.sendWaiting();
  const timer = setInterval(again, SEND_AGAIN_MS);
  const closeTabs = tabs.open(() => log.isElsewhere());
  document.addEventListener("visibilitychange", look);
  window.addEventListener("online", again);
  log.begin();
  return () => {
    clearInterval(timer);
    closeTabs();
    document.removeEventListener("visibilitychange", look);
    window.removeEventListener("online", again);
    log.close();
  };
}

function sendTo(attempt: string) {
  return async ({ key, leftMsAgo, backMsAgo }: Report): Promise<Sent> => {
    try {
      await api.PUT("/api/v1/attempts/{attempt_id}/absences/{key}", {
        params: { path: { attempt_id: attempt, key } },
        body: { left_ms_ago: Math.round(leftMsAgo), back_ms_ago: backMsAgo === null ? null : Math.round(backMsAgo) },
        keepalive: true,
      });
      return "kept";
    } catch (error) {
      return replyOf(asProblem(error)).kind === "refused" ? "never" : "later";
    }
  };
}
