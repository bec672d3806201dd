"use client";

import { Clock, Hourglass } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTimes } from "@/lib/time";
import { clockText, isRunning, type Room } from "./room-rules";
import { useServerNow } from "./use-server-now";

/** Where the room is: waits for its start, which part runs and how long, or that nobody sits it now. */
export function RoomState({ room, ahead }: { room: Room; ahead: number }) {
  const t = useTranslations("invigilation");
  const times = useTimes();
  const now = useServerNow(ahead);
  const running = room.students.filter(isRunning);
  const isWaiting = room.start === "room" && room.room_started_at === null;
  const here = room.students.filter(({ standing }) => standing === "present").length;
  const last = running.reduce((end, { ends_at }) => Math.max(end, ends_at ? Date.parse(ends_at) : 0), 0);
  const Icon = isWaiting ? Hourglass : Clock;
  return (
    <section className="mb-5 flex flex-wrap items-center gap-x-8 gap-y-4 rounded-card border border-line bg-surface p-5">
      <span className="grid size-11 shrink-0 place-items-center rounded-full bg-accent-soft text-accent">
        <Icon className="size-5" aria-hidden />
      </span>
      <div className="min-w-40 flex-1">
        <p className="font-semibold">
          {isWaiting ? t("waiting") : running.length > 0 ? t("running", { count: running.length }) : t("quiet")}
        </p>
        <p className="text-sm text-ink-soft">
          {isWaiting
            ? t("waitingAbout", { here, all: room.students.length })
            : room.room_started_at
              ? t("startedAt", { time: times.moment(room.room_started_at) })
              : t("personal")}
        </p>
      </div>
      {last > 0 && (
        <p className="sm:text-right">
          <span className="block text-2xl leading-tight font-semibold tabular-nums">{clockText(last - now)}</span>
          <span className="text-sm text-ink-faint">{t("untilLast")}</span>
        </p>
      )}
    </section>
  );
}
