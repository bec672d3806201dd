"use client";

import { useTranslations } from "next-intl";
import type { Mark } from "@/components/paper/marked-text";
import type { Passage } from "@/components/paper/slots";
import { cn } from "@/lib/cn";

export type Turn = NonNullable<Passage["script"]>[number];
export type Sentence = Turn["sentences"][number];

interface Props {
  script: readonly Turn[];
  marks?: readonly Mark[];
  /** The track's time, to show the sentence that is heard; null while nothing plays. */
  atMs?: number | null;
  onSentence?: (sentence: Sentence) => void;
}

export function Transcript({ script, marks = [], atMs = null, onSentence }: Props) {
  const t = useTranslations("paper");
  return (
    <div lang="en" className="grid gap-3 font-reading text-reading">
      {script.map((turn, index) => (
        <div key={index} className="flex gap-3">
          {script.length > 1 && (
            <span className="shrink-0 font-sans text-sm leading-[2.1] font-semibold text-ink-faint">{turn.voice}:</span>
          )}
          <p>
            {turn.sentences.map((sentence, at) => (
              <SentenceText
                key={at}
                sentence={sentence}
                isNow={isHeard(sentence, atMs)}
                proves={marks
                  .filter(({ quote }) => sentence.text.includes(quote) || quote.includes(sentence.text))
                  .map(({ slot }) => slot)}
                label={t("playSentence")}
                onSentence={onSentence}
              />
            ))}
          </p>
        </div>
      ))}
    </div>
  );
}

export function isHeard({ start_ms, end_ms }: Sentence, atMs: number | null): boolean {
  return atMs !== null && start_ms !== null && end_ms !== null && start_ms <= atMs && atMs < end_ms;
}

interface SentenceProps {
  sentence: Sentence;
  isNow: boolean;
  proves: string[];
  label: string;
  onSentence: Props["onSentence"];
}

function SentenceText({ sentence, isNow, proves, label, onSentence }: SentenceProps) {
  const [first] = proves;
  const look = cn(
    "rounded-sm text-left transition-colors",
    first !== undefined && "bg-warn-soft",
    isNow && "bg-accent-soft text-accent-strong",
    onSentence && "cursor-pointer hover:bg-sunken",
  );
  const text = (
    <>
      {sentence.text}
      {proves.map((slot) => (
        <sup key={slot} className="ml-0.5 font-sans text-[0.65em] font-semibold text-warn">
          {slot}
        </sup>
      ))}
    </>
  );
  if (!onSentence) {
    return (
      <>
        <span id={first && `proof-${first}`} className={look}>
          {text}
        </span>{" "}
      </>
    );
  }
  return (
    <>
      <button
        type="button"
        id={first && `proof-${first}`}
        title={label}
        className={cn(look, "inline")}
        onClick={() => onSentence(sentence)}
      >
        {text}
      </button>{" "}
    </>
  );
}
