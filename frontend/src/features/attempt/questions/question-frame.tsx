"use client";

import { Eraser, Flag } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { KeyNote } from "@/components/paper/key-note";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/states";
import { cn } from "@/lib/cn";
import { useFlags, useFlagStore } from "../room/flags";
import { useAnswer, useRoom } from "../room/room-context";

interface Props {
  slot: string;
  /** The question; listening prints none. */
  prompt?: ReactNode;
  children: ReactNode;
}

/** One question with its number, the flag for another look, and what came of it. */
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
        "grid scroll-mt-44 scroll-mb-20 gap-3 rounded-card border border-transparent px-3 py-3 outline-none sm:px-4",
        current === slot && "border-line bg-surface shadow-raised",
      )}
    >
      <div className="flex items-start gap-3">
        <span className="min-w-8 shrink-0 rounded-control bg-sunken px-1.5 py-0.5 text-center text-sm font-semibold tabular-nums">
          {slot}
        </span>
        <div lang="en" className="min-w-0 flex-1 font-reading text-[1.0625rem] leading-relaxed">
          {prompt}
        </div>
        <div className="-mt-1.5 -mr-1.5 flex shrink-0">
          {value !== "" && !isReadOnly && (
            <Button
              look="quiet"
              size="icon"
              aria-label={t("clear", { slot })}
              title={t("clear", { slot })}
              onClick={() => choose("")}
            >
              <Eraser aria-hidden />
            </Button>
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
    <button
      type="button"
      aria-pressed={isFlagged}
      aria-label={t("flag", { slot })}
      title={t("flagHint")}
      onClick={() => toggle(attempt.id, slot)}
      className={cn(
        "grid size-11 shrink-0 place-items-center rounded-control text-ink-faint hover:bg-sunken sm:size-10",
        isFlagged && "text-warn",
      )}
    >
      <Flag className={cn("size-4.5", isFlagged && "fill-current")} aria-hidden />
    </button>
  );
}

function Checked({ slot }: { slot: string }) {
  const t = useTranslations("room");
  const check = useRoom().checks.get(slot);
  if (!check) return null;
  if (!check.key || check.is_correct === null) return <Note>{t("checkedWithheld")}</Note>;
  return <KeyNote slot={slot} value={check.value} isCorrect={check.is_correct} answerKey={check.key} />;
}
