"use client";

import { Ellipsis, FileText, Headphones, LockOpen, TimerReset } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Schema } from "@/client/types";
import { MoreTimeDialog } from "@/components/attempts/deciding/more-time-dialog";
import { PlayAgainDialog } from "@/components/attempts/deciding/play-again-dialog";
import { ReopenDialog } from "@/components/attempts/deciding/reopen-dialog";
import { secondsOf } from "@/components/attempts/deciding/track-time";
import { isOpen } from "@/components/attempts/is-open";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useRouter } from "@/i18n/navigation";
import { useTimes } from "@/lib/time";

type Seat = Schema<"Seat">;
type Asking = "time" | "audio" | "reopen" | null;

interface Props {
  seat: Seat;
  assignment: number;
  /** Practice has no clock, and nothing to decide about it. */
  isExam: boolean;
}

export function SeatLine({ seat, assignment, isExam }: Props) {
  const common = useTranslations("common");
  const open = isOpen(seat);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-2 px-5 py-3.5 sm:grid-cols-[minmax(0,14rem)_minmax(0,1fr)_auto]">
      <p className="min-w-0">
        <span className="block truncate font-medium">{seat.name}</span>
        <span className="block truncate text-sm text-ink-faint">
          {[seat.student_number, seat.administrative_class].filter(Boolean).join(" · ")}
        </span>
      </p>
      <div className="flex items-center gap-2 sm:col-start-3">
        <Badge tone={open ? "accent" : "plain"}>{common(`states.${seat.state}`)}</Badge>
        <Decisions seat={seat} assignment={assignment} isExam={isExam} />
      </div>
      <Facts seat={seat} />
    </li>
  );
}

function Facts({ seat }: { seat: Seat }) {
  const t = useTranslations("seats");
  const times = useTimes();
  const left = seat.part_remaining_ms;
  return (
    <p className="col-span-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-ink-soft tabular-nums sm:col-span-1 sm:col-start-2 sm:row-start-1">
      {left !== null && <span>{t("left", { minutes: Math.ceil(left / 60_000) })}</span>}
      <span>{t("answered", { answered: seat.answered, slots: seat.slots })}</span>
      <span className="text-ink-faint">
        {seat.closed_at
          ? t("closedAt", { time: times.moment(seat.closed_at) })
          : seat.last_saved_at
            ? t("savedAt", { time: times.clock(seat.last_saved_at) })
            : t("nothingSaved")}
      </span>
      {seat.extra_ms > 0 && <Badge>{t("extra", { minutes: Math.round(seat.extra_ms / 60_000) })}</Badge>}
      {seat.missed_ms > 0 && <Badge tone="warn">{t("missed", { seconds: secondsOf(seat.missed_ms) })}</Badge>}
      {seat.replay && <Badge>{t(`replays.${seat.replay}`)}</Badge>}
      {seat.is_late_start && <Badge tone="warn">{t("lateStart")}</Badge>}
    </p>
  );
}

function Decisions({ seat, assignment, isExam }: Props) {
  const t = useTranslations("seats");
  const router = useRouter();
  const [asking, setAsking] = useState<Asking>(null);
  const close = () => setAsking(null);
  const open = isOpen(seat);
  return (
    <>
      <Menu
        trigger={
          <Button size="icon" look="quiet" aria-label={t("decide", { name: seat.name })}>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        {isExam && open && (
          <MenuItem onSelect={() => setAsking("time")}>
            <TimerReset aria-hidden />
            {t("moreTime")}
          </MenuItem>
        )}
        {isExam && open && (
          <MenuItem onSelect={() => setAsking("audio")}>
            <Headphones aria-hidden />
            {t("playAgain")}
          </MenuItem>
        )}
        {isExam && !open && (
          <MenuItem onSelect={() => setAsking("reopen")}>
            <LockOpen aria-hidden />
            {t("reopen")}
          </MenuItem>
        )}
        {!open && (
          <MenuItem onSelect={() => router.push(`/report/${seat.attempt}`)}>
            <FileText aria-hidden />
            {t("report")}
          </MenuItem>
        )}
      </Menu>
      <MoreTimeDialog assignment={assignment} seat={seat} open={asking === "time"} onOpenChange={close} />
      <PlayAgainDialog seat={seat} open={asking === "audio"} onOpenChange={close} />
      <ReopenDialog seat={seat} open={asking === "reopen"} onOpenChange={close} />
    </>
  );
}
