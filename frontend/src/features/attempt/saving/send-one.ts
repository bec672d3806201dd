import { journalOf } from "@/lib/journal/journal";
import { AnswerSheet } from "./answer-sheet";
import { tabsOf } from "./tabs";
import { sendLeavingTo, sendTo } from "./transport";

/** Sends what is owed of one attempt; `done` once, when everything is acknowledged or what is left was refused. */
export function sendOne(user: number, attempt: string, done: () => void): () => void {
  const sheet = new AnswerSheet({
    attempt,
    journal: journalOf(user),
    send: sendTo(attempt),
    sendLeaving: sendLeavingTo(attempt),
    openTabs: () => tabsOf(user, attempt),
  });
  const close = sheet.open();
  const stop = sheet.store.subscribe(({ status }) => {
    if (status !== "saved" && status !== "refused") return;
    stop();
    close();
    done();
  });
  const tryNow = () => sheet.tryNow();
  window.addEventListener("online", tryNow);
  tryNow();
  return () => {
    window.removeEventListener("online", tryNow);
    stop();
    close();
  };
}
