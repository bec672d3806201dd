"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { withGaps } from "@/components/paper/marking-text";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/lib/cn";
import { useWords } from "@/lib/words";

type Item = Schema<"ItemOut">;

/** One item as it is printed, and below it why the key is the key. */
export function ItemKey({ item, references }: { item: Item; references: string[] }) {
  const t = useTranslations("papers");
  return (
    <li
      id={`item-${item.slot}`}
      className={cn(
        "grid scroll-mt-24 break-inside-avoid gap-2 rounded-control target:bg-accent-soft target:outline-8 target:outline-accent-soft print:target:bg-transparent print:target:outline-0",
        item.kind === "banked_cloze" && "print-key",
      )}
    >
      <p className="flex gap-3">
        <span className="min-w-7 shrink-0 font-reading font-semibold tabular-nums">{item.slot}.</span>
        <span className={cn("font-reading whitespace-pre-line", item.kind === "listening_choice" && "print-key")}>
          {item.prompt}
        </span>
      </p>
      {item.words_min !== null && item.words_max !== null && (
        <p className="pl-10 text-sm text-ink-faint">{t("words", { min: item.words_min, max: item.words_max })}</p>
      )}
      {item.choices.length > 0 && (
        <ul className="grid gap-1 pl-10 font-reading print:-mt-1 print:grid-cols-2 print:gap-x-6 print:gap-y-0">
          {item.choices.map((choice) => (
            <li
              key={choice.letter}
              className={cn(choice.letter === item.key?.key && "print-key-look font-semibold text-good")}
            >
              {choice.letter}. {choice.text}
            </li>
          ))}
        </ul>
      )}
      {item.key && <Why answer={item.key} />}
      {references.length > 0 && <References texts={references} isTranslation={item.kind === "translation"} />}
    </li>
  );
}

function Why({ answer }: { answer: Schema<"KeyOut"> }) {
  const t = useTranslations("papers");
  const words = useWords();
  return (
    <div className="print-key grid gap-2 rounded-control bg-sunken px-4 py-3 text-sm sm:ml-10">
      <p className="flex items-baseline gap-3">
        <Badge tone="good">
          {t("key")} {answer.key}
        </Badge>
        <span>{words(answer.explanation)}</span>
      </p>
      {answer.proof && (
        <p className="text-ink-soft">
          {t("proof")}: <q className="font-reading">{withGaps(answer.proof.quote)}</q>
        </p>
      )}
      {answer.traps.length > 0 && (
        <ul className="grid gap-1 text-ink-soft">
          {answer.traps.map((trap) => (
            <li key={trap.letter}>
              <span className="font-medium">{trap.letter}</span> {words(trap.name)} · {trap.why}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function References({ texts, isTranslation }: { texts: string[]; isTranslation: boolean }) {
  const t = useTranslations("papers");
  return (
    <div className="print-key grid gap-2 rounded-control bg-sunken px-4 py-3 text-sm sm:ml-10">
      <p className="font-medium">{t(isTranslation ? "references" : "models")}</p>
      {texts.map((text) => (
        <p key={text} className="font-reading">
          {text}
        </p>
      ))}
    </div>
  );
}
