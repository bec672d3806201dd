"use client";

import { useTranslations } from "next-intl";
import { ReadingPassage } from "@/components/paper/reading-passage";
import type { Passage } from "@/components/paper/slots";
import { Transcript } from "@/components/paper/transcript";
import { WordBank } from "@/components/paper/word-bank";
import type { ItemView } from "./analysis-rules";

/** The text that the item is about, with the sentence that proves its answer. */
export function ItemPassage({ view, passage }: { view: ItemView; passage: Passage }) {
  const t = useTranslations("paper");
  const { item } = view;
  const marks = item.key?.proof ? [{ slot: item.slot, quote: item.key.proof.quote }] : [];
  return (
    <div tabIndex={0} className="rounded-control border border-line p-4 lg:max-h-[58dvh] lg:overflow-y-auto">
      {passage.script ? (
        <Transcript script={passage.script} marks={marks} />
      ) : passage.kind === "cloze" ? (
        <div className="grid gap-5">
          <ReadingPassage passage={passage} blank={(slot) => <Blank slot={slot} isAsked={slot === item.slot} />} />
          <WordBank bank={passage.bank} label={t("bank")} usedBy={new Map()} />
        </div>
      ) : (
        <ReadingPassage passage={passage} marks={marks} />
      )}
    </div>
  );
}

function Blank({ slot, isAsked }: { slot: string; isAsked: boolean }) {
  const look = isAsked ? "bg-warn-soft font-semibold text-warn" : "bg-sunken text-ink-faint";
  return <span className={`rounded-sm px-2 font-sans text-xs ${look}`}>{slot}</span>;
}
