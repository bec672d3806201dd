"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { usePathname } from "@/i18n/navigation";
import { journalOf } from "@/lib/journal/journal";
import { usePathId } from "@/lib/path";
import { useUser } from "@/lib/store";

/** Sends what this browser still owes of any attempt, on whatever page its person comes back to. */
export function UnsentAnswers() {
  const t = useTranslations("shell");
  const user = useUser().id;
  const room = useOpenRoom();
  const [count, setCount] = useState(0);
  // Again on leaving a room: it stopped sending with its page.
  useEffect(() => sendAll(user, room, setCount), [user, room]);
  if (count === 0) return null;
  return (
    <p
      role="status"
      className="fixed inset-x-4 bottom-20 z-40 mx-auto w-fit rounded-control bg-warn-soft px-4 py-2 text-sm shadow-raised sm:bottom-4"
    >
      {t("unsent", { count })}
    </p>
  );
}

/** The attempt whose room is this page: it sends its own. */
function useOpenRoom(): string | null {
  const id = usePathId();
  return usePathname().startsWith("/attempt/") ? id : null;
}

/** Owing nothing is how nearly every page begins: what sends comes along only where there is something to send. */
function sendAll(user: number, room: string | null, onCount: (count: number) => void): () => void {
  const closers: (() => void)[] = [];
  let isClosed = false;
  const begin = async () => {
    const attempts = await journalOf(user).attempts();
    const others = [...attempts].filter(([attempt]) => attempt !== room);
    if (isClosed) return;
    let left = others.reduce((sum, [, count]) => sum + count, 0);
    onCount(left);
    if (left === 0) return;
    const { sendOne } = await import("./saving/send-one");
    if (isClosed) return;
    for (const [attempt, count] of others) {
      const done = () => onCount((left -= count));
      closers.push(sendOne(user, attempt, done));
    }
  };
  void begin();
  return () => {
    isClosed = true;
    for (const close of closers) close();
  };
}
