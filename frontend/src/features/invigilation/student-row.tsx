"use client";

import { ClipboardList, Ellipsis, EyeOff, FileText, Headphones, LockOpen, TimerReset } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { MoreTimeDialog } from "@/components/attempts/deciding/more-time-dialog";
import { PlayAgainDialog } from "@/components/attempts/deciding/play-again-dialog";
import { ReopenDialog } from "@/components/attempts/deciding/reopen-dialog";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Progress } from "@/components/ui/progress";
import { Link } from "@/i18n/navigation";
import { useTimes } from "@/lib/time";
import { AbsencesDialog } from "./absences-dialog";
import { clockText, hasEnded, isRunning, type Student } from "./room-rules";
import { useServerNow } from "./use-server-now";

interface Props {
  student: Student;
  assignment: number;
  ahead: number;
}

type Asking = "time" | "audio" | "reopen" | "absences";

const tones: Record<Student["standing"], Tone> = {
  not_here: "plain",
  present: "good",
  offline: "bad",
  submitted: "accent",
  closed: "plain",
};

/** One student in a line on a desk, in a small card on a phone. */
export function StudentRow({ student, assignment, ahead }: Props) {
  const t = useTranslations("invigilation");
  const [asking, setAsking] = useState<Asking | null>(null);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-5 gap-y-2 px-5 py-3.5 md:grid-cols-[11rem_9rem_minmax(0,1fr)_7rem_12.5rem]">
      <p className="min-w-0">
        <span className="block truncate font-medium">{student.name}</span>
        <span className="block truncate text-xs text-ink-faint tabular-nums">
          {student.student_number} {student.administrative_class}
        </span>
      </p>
      <Standing student={student} />
      <Answered student={student} />
      <TimeLeft student={student} ahead={ahead} />
      {student.attempt !== null && (
        <div className="flex items-center justify-end gap-2">
          <Facts student={student} ahead={ahead} onAbsences={() => setAsking("absences")} />
          <RowMenu student={student} onChoose={setAsking} />
        </div>
      )}
      <Dialogs student={student} assignment={assignment} asking={asking} onClose={() => setAsking(null)} />
      <span className="sr-only">{t(`standings.${student.standing}`)}</span>
    </li>
  );
}

interface DialogProps extends Pick<Props, "student" | "assignment"> {
  asking: Asking | null;
  onClose: () => void;
}

function Dialogs({ student, assignment, asking, onClose }: DialogProps) {
  if (student.attempt === null || asking === null) return null;
  const seat = { attempt: student.attempt, name: student.name };
  switch (asking) {
    case "time":
      return <MoreTimeDialog assignment={assignment} seat={seat} open onOpenChange={onClose} />;
    case "audio":
      return <PlayAgainDialog seat={seat} open onOpenChange={onClose} />;
    case "reopen":
      return <ReopenDialog seat={seat} open onOpenChange={onClose} />;
    case "absences":
      return <AbsencesDialog student={student} onClose={onClose} />;
  }
}

function Standing({ student }: { student: Student }) {
  const t = useTranslations("invigilation");
  const isExcused = student.is_excused && student.attempt === null;
  return (
    <p aria-hidden className="flex flex-wrap gap-1.5 max-md:justify-end">
      <Badge tone={isExcused ? "plain" : tones[student.standing]}>
        {isExcused ? t("excused") : t(`standings.${student.standing}`)}
      </Badge>
      {student.is_late_start && <Badge tone="warn">{t("lateStart")}</Badge>}
    </p>
  );
}

function Answered({ student }: { student: Student }) {
  const t = useTranslations("invigilation");
  const times = useTimes();
  if (student.attempt === null) return <span className="max-md:hidden" />;
  const { answered, of, last_saved_at: saved } = student;
  return (
    <div className="grid gap-1 max-md:col-span-2">
      <Progress
        value={of > 0 ? (100 * answered) / of : 0}
        label={t("answeredBy", { name: student.name })}
        className="h-1.5"
      />
      <p className="flex justify-between gap-3 text-xs text-ink-faint tabular-nums">
        <span>{t("answered", { count: answered, of })}</span>
        <span>{saved ? t("savedAt", { time: times.clock(saved) }) : t("nothingSaved")}</span>
      </p>
    </div>
  );
}

function TimeLeft({ student, ahead }: { student: Student; ahead: number }) {
  const t = useTranslations("invigilation");
  const now = useServerNow(ahead);
  if (student.attempt === null) return <span className="max-md:hidden" />;
  if (student.part === null || student.part_ends_at === null) return <span />;
  return (
    <p className="text-sm md:text-right">
      <span className="font-medium tabular-nums">{clockText(Date.parse(student.part_ends_at) - now)}</span>
      <span className="ml-2 text-xs text-ink-faint md:ml-0 md:block">{t(`parts.${student.part}`)}</span>
    </p>
  );
}

function Facts({ student, ahead, onAbsences }: { student: Student; ahead: number; onAbsences: () => void }) {
  const t = useTranslations("invigilation");
  const now = useServerNow(ahead);
  const {
    away_since: since,
    absences,
    extended_minutes: more,
    extra_percent: extra,
    missed_audio_ms: missed,
  } = student;
  return (
    <p className="flex flex-wrap justify-end gap-1.5">
      {absences > 0 && (
        <button type="button" onClick={onAbsences} aria-label={t("absencesOf", { name: student.name })}>
          <Badge tone={since ? "warn" : "plain"}>
            <EyeOff className="size-3.5" aria-hidden />
            {since ? t("awayNow", { time: clockText(now - Date.parse(since)) }) : t("absences", { count: absences })}
          </Badge>
        </button>
      )}
      {more > 0 && <Badge>{t("extended", { minutes: more })}</Badge>}
      {extra > 0 && <Badge>{t("extra", { percent: extra })}</Badge>}
      {missed > 0 && <Badge tone="warn">{t("missed", { seconds: Math.round(missed / 1000) })}</Badge>}
    </p>
  );
}

function RowMenu({ student, onChoose }: { student: Student; onChoose: (asking: Asking) => void }) {
  const t = useTranslations("invigilation");
  const seats = useTranslations("seats");
  return (
    <Menu
      trigger={
        <Button size="icon" look="quiet" aria-label={t("more", { name: student.name })}>
          <Ellipsis aria-hidden />
        </Button>
      }
    >
      {isRunning(student) && (
        <MenuItem onSelect={() => onChoose("time")}>
          <TimerReset aria-hidden />
          {seats("moreTime")}
        </MenuItem>
      )}
      {isRunning(student) && student.missed_audio_ms > 0 && (
        <MenuItem onSelect={() => onChoose("audio")}>
          <Headphones aria-hidden />
          {seats("playAgain")}
        </MenuItem>
      )}
      <MenuItem onSelect={() => onChoose("absences")}>
        <ClipboardList aria-hidden />
        {t("absenceLog")}
      </MenuItem>
      {hasEnded(student) && (
        <MenuItem onSelect={() => onChoose("reopen")}>
          <LockOpen aria-hidden />
          {seats("reopen")}
        </MenuItem>
      )}
      {hasEnded(student) && student.attempt !== null && (
        <MenuItem asChild>
          <Link href={`/report/${student.attempt}`}>
            <FileText aria-hidden />
            {t("report")}
          </Link>
        </MenuItem>
      )}
    </Menu>
  );
}
