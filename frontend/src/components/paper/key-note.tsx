"use client";

import { CircleCheck, CircleX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { KeyOut } from "@/components/paper/slots";
import { withGaps } from "@/components/paper/marking-text";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { useWords } from "@/lib/words";

interface Props {
  slot: string;
  value: string;
  isCorrect: boolean;
  answerKey: KeyOut;
}

/** Right or wrong, why, what proves it, and the trap that a wrong choice fell into. */
export function KeyNote({ slot, value, isCorrect, answerKey }: Props) {
  const t = useTranslations("paper");
  const words = useWords();
  const trap = answerKey.traps.find(({ letter }) => letter === value);
  const Icon = isCorrect ? CircleCheck : CircleX;
  return (
    <div
      role="status"
      className={cn("grid gap-2 rounded-control px-4 py-3 text-sm", isCorrect ? "bg-good-soft" : "bg-bad-soft")}
    >
      <p
        className={cn(
          "flex flex-wrap items-center gap-x-3 gap-y-1 font-semibold",
          isCorrect ? "text-good" : "text-bad",
        )}
      >
        <Icon className="size-4.5" aria-hidden />
        {isCorrect ? t("right") : value ? t("wrong", { value }) : t("notAnswered")}
        <span className="text-ink">{t("key", { key: answerKey.key })}</span>
      </p>
      <p className="leading-relaxed text-ink">{words(answerKey.explanation)}</p>
      {trap && !isCorrect && (
        <p className="text-ink-soft">
          <span className="font-semibold text-bad">{t("trap", { name: words(trap.name) })}</span> {trap.why}
        </p>
      )}
      {answerKey.proof && (
        <blockquote lang="en" className="border-l-2 border-warn pl-3 font-reading text-ink-soft">
          {answerKey.proof.letter && <strong className="font-sans">{answerKey.proof.letter}) </strong>}
          {withGaps(answerKey.proof.quote)}
          <Button look="link" size="sm" className="ml-2 font-sans" onClick={() => showProof(slot)}>
            {t("showProof")}
          </Button>
        </blockquote>
      )}
    </div>
  );
}

/** Scrolls to the sentence in its passage, wherever on the page that is. */
export function showProof(slot: string): void {
  document.getElementById(`proof-${slot}`)?.scrollIntoView({ block: "center", behavior: "smooth" });
}
