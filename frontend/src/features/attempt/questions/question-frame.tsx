"use client";

import { Eraser, Flag } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { KeyNote } from "@/components/paper/key-note";
import { IconButton } from "@/components/ui/icon-button";
import { Note } from "@/components/ui/states";
import { Tooltip } from "@/components/ui/tooltip";
import { cn } from "@/lib/cn";
import { useFlags, useFlagStore } from "../room/flags";
import { useAnswer, useRoom } from "../room/room-context";

interface Props {
  slot: string;
  /** The question; listening prints none. */
  prompt?: ReactNode;
  children: ReactNode;
}

/** One question as it is printed, the one at hand with a line at its edge; the flag for another look, and what came of it. */
export function QuestionFrame({ slot, prompt, children }: Props) {
  const t = useTranslations("room");
  const { current } = useRoom();
  const { late, isReadOnly, value, choose } = useAnswer(slot);
  return (
    <section
      id={`slot-${slot}`}
      tabIndex={-1}
      aria-label={t("question", { slot })}
      className={cn(
        "group/question -ml-4 grid scroll-mt-3 scroll-mb-20 gap-1.5 border-l-3 border-transparent py-2.5 pl-3.25 outline-none",
        current === slot && "border-accent",
      )}
    >
      <div className="flex items-start gap-2">
        <span className="min-w-7 shrink-0 pt-1 font-reading text-reading leading-normal font-semibold tabular-nums">
          {slot}.
        </span>
        <div lang="en" className="min-w-0 flex-1 pt-1 font-reading text-reading leading-normal">
          {prompt}
        </div>
        <div className="flex shrink-0">
          {value !== "" && !isReadOnly && (
            <IconButton
              icon={Eraser}
              label={t("clear", { slot })}
              onClick={() => choose("")}
              className="text-ink-faint"
            />
          )}
          <FlagButton slot={slot} />
        </div>
      </div>
      {children}
      {late !== null && <Note tone="warn">{t("lateKept", { value: late || t("empty") })}</Note>}
      <Checked slot={slot} />
    </section>
  );
}

function FlagButton({ slot }: { slot: string }) {
  const t = useTranslations("room");
  const { attempt } = useRoom();
  const isFlagged = useFlags(attempt.id).includes(slot);
  const toggle = useFlagStore((state) => state.toggle);
  return (
    <Tooltip text={t("flagHint")}>
      <button
        type="button"
        aria-pressed={isFlagged}
        aria-label={t("flag", { slot })}
        onClick={() => toggle(attempt.id, slot)}
        className={cn(
          "grid size-10 shrink-0 place-items-center rounded-control text-ink-faint hover:bg-sunken pointer-coarse:size-touch",
          isFlagged && "text-warn",
        )}
      >
        <Flag className={cn("size-4", isFlagged && "fill-current")} aria-hidden />
      </button>
    </Tooltip>
  );
}

function Checked({ slot }: { slot: string }) {
  const t = useTranslations("room");
  const check = useRoom().checks.get(slot);
  if (!check) return null;
  if (!check.key || check.is_correct === null) return <Note>{t("checkedWithheld")}</Note>;
  return <KeyNote slot={slot} value={check.value} isCorrect={check.is_correct} answerKey={check.key} />;
}
