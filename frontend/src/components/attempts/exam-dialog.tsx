"use client";

import { Clock, Eye, Headphones, Lock, Save } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Schema } from "@/client/types";
import { clockOf } from "@/components/attempts/exam-clock";
import { SoundCheck } from "@/components/attempts/sound-check";
import { Confirm } from "@/components/ui/confirm";
import { Note } from "@/components/ui/states";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  sections: Schema<"AssignmentOut">["sections"];
  /** The room's clock starts when the teacher starts it. */
  waitsForRoom?: boolean;
  /** A teacher sees who is there and who leaves the page. */
  isWatched?: boolean;
  /** What is particular to this exam. */
  note?: ReactNode;
  onStart: () => Promise<unknown>;
}

/** What everybody must know before a clock starts that cannot be stopped. */
export function ExamDialog({
  open,
  onOpenChange,
  title,
  sections,
  waitsForRoom = false,
  isWatched = false,
  note,
  onStart,
}: Props) {
  const t = useTranslations("attempts");
  const common = useTranslations("common");
  const clock = clockOf(sections);
  const hasListening = clock !== null || sections.some((key) => key.startsWith("listening"));
  return (
    <Confirm
      open={open}
      onOpenChange={onOpenChange}
      title={t("examTitle", { title })}
      about={waitsForRoom ? t("examWaits") : t("examAbout")}
      action={waitsForRoom ? t("enterRoom") : t("startExam")}
      onConfirm={onStart}
    >
      {clock ? (
        <ol className="grid grid-cols-4 overflow-hidden rounded-control border border-line text-center text-sm">
          {clock.map((line) => (
            <li key={line.part} className="border-l border-line px-1 py-2.5 first:border-0">
              <span className="block text-lg font-semibold tabular-nums">{line.minutes}</span>
              <span className="text-xs text-ink-faint">{t(`clock.${line.part}`)}</span>
            </li>
          ))}
        </ol>
      ) : (
        <Note>
          {t("examSections", { sections: sections.map((key) => common(`sections.${key}`)).join(t("comma")) })}
        </Note>
      )}
      <ul className="mt-4 grid gap-2.5 text-sm text-ink-soft [&_svg]:mt-1 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-faint">
        <li className="flex gap-3">
          <Clock aria-hidden />
          {t("ruleClock")}
        </li>
        <li className="flex gap-3">
          <Lock aria-hidden />
          {clock ? t("ruleLocks") : t("ruleLock")}
        </li>
        {hasListening && (
          <li className="flex gap-3">
            <Headphones aria-hidden />
            {t("ruleAudio")}
          </li>
        )}
        <li className="flex gap-3">
          <Save aria-hidden />
          {t("ruleSaved")}
        </li>
        {isWatched && (
          <li className="flex gap-3">
            <Eye aria-hidden />
            {t("ruleWatched")}
          </li>
        )}
      </ul>
      {hasListening && <SoundCheck className="mt-4" />}
      {note}
    </Confirm>
  );
}
