"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { withGaps } from "@/components/paper/marking-text";
import { cn } from "@/lib/cn";
import { useWords } from "@/lib/words";

type Passage = Schema<"PassageOut">;

export function PassageText({ passage }: { passage: Passage }) {
  const words = useWords();
  return (
    <article className="grid gap-3 font-reading leading-relaxed print:block print:*:mb-3">
      {passage.title && (
        <h3 className={cn("font-sans font-semibold", passage.script && "print-key")}>{words(passage.title)}</h3>
      )}
      {passage.bank.length > 0 && <Bank bank={passage.bank} />}
      {passage.paragraphs.map((text, at) => (
        <p key={at} className="flex gap-3 print:block">
          {passage.letters[at] && <span className="font-sans font-semibold print:mr-2">{passage.letters[at]}</span>}
          <span>{withGaps(text)}</span>
        </p>
      ))}
      {passage.script && <Script script={passage.script} />}
    </article>
  );
}

function Bank({ bank }: { bank: Passage["bank"] }) {
  return (
    <ul className="grid break-inside-avoid grid-cols-2 gap-x-6 gap-y-1 rounded-control border border-line px-4 py-3 sm:grid-cols-5">
      {bank.map((word) => (
        <li key={word.letter}>
          <span className="font-sans text-sm text-ink-faint">{word.letter}</span> {word.text}
        </li>
      ))}
    </ul>
  );
}

function Script({ script }: { script: NonNullable<Passage["script"]> }) {
  const t = useTranslations("papers");
  return (
    <div className="print-key grid gap-2 border-l-2 border-line pl-4">
      <p className="font-sans text-sm text-ink-faint">{t("transcript")}</p>
      {script.map((turn, at) => (
        <p key={at}>
          <span className="mr-2 font-sans text-sm font-medium text-ink-faint">{turn.voice}</span>
          {turn.sentences.map((sentence) => sentence.text).join(" ")}
        </p>
      ))}
    </div>
  );
}
