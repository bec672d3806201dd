"use client";

import { useTranslations } from "next-intl";
import type { Mark } from "@/components/paper/marked-text";
import { ReadingPassage } from "@/components/paper/reading-passage";
import { itemsOf, type Item, type Passage, type Section, slotRange } from "@/components/paper/slots";
import { useWords } from "@/lib/words";
import { useRoom } from "../room/room-context";
import { CheckButton } from "./check-button";
import { ChoiceQuestion } from "./choice-question";
import { Cloze } from "./cloze";
import { MatchingQuestion } from "./matching-question";
import { ScriptQuestion } from "./script-question";
import { Split } from "./split";

/** One section of the paper, laid out as it is printed. */
export function SectionView({ section }: { section: Section }) {
  return (
    <div className="grid gap-5">
      <SectionHead section={section} />
      {section.part === "writing" || section.part === "translation" ? (
        section.items.map((item) => <ScriptQuestion key={item.slot} item={item} />)
      ) : section.part === "listening" ? (
        <ListeningItems section={section} />
      ) : (
        section.passages.map((passage) => <ReadingPart key={passage.id} section={section} passage={passage} />)
      )}
    </div>
  );
}

/** The head of a section as a paper prints it: the part in the language of the paper, what to do in the reader's. */
function SectionHead({ section }: { section: Section }) {
  const t = useTranslations("room");
  const words = useWords();
  return (
    <header className="grid gap-1.5 border-b border-line pb-3.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="font-title text-xl font-semibold">{words(section.title)}</h2>
        <p lang="en" className="font-reading text-sm whitespace-pre-wrap text-ink-faint">
          {t(`printed.${section.part}`)}
        </p>
      </div>
      <p className="text-sm text-pretty text-ink-soft">
        <strong className="font-semibold">{t("directions")}</strong> {words(section.directions)}
      </p>
    </header>
  );
}

function ListeningItems({ section }: { section: Section }) {
  const t = useTranslations("room");
  return section.passages.map((passage, index) => (
    <div key={passage.id} className="grid gap-3">
      <h3 className="font-title font-semibold">
        {t(`heardKinds.${kindOf(passage)}`, { number: index + 1 })} ·{" "}
        {t("questionsRange", { range: slotRange(passage.slots) })}
      </h3>
      <div className="grid items-start gap-x-10 gap-y-2 md:grid-cols-2">
        {itemsOf(section, passage).map((item) => (
          <ChoiceQuestion key={item.slot} item={item} />
        ))}
      </div>
      <CheckButton slots={passage.slots} isWhole />
    </div>
  ));
}

function kindOf({ kind }: Passage): "news" | "conversation" | "talk" {
  return kind === "news" || kind === "conversation" ? kind : "talk";
}

function ReadingPart({ section, passage }: { section: Section; passage: Passage }) {
  const t = useTranslations("room");
  const items = itemsOf(section, passage);
  const marks = useProofs(items);
  const slots = items.map(({ slot }) => slot);
  if (passage.kind === "cloze") return <Cloze passage={passage} slots={slots} />;
  return (
    <Split
      slots={slots}
      textLabel={t("textOf", { range: slotRange(slots) })}
      text={<ReadingPassage passage={passage} marks={marks} />}
      questions={
        <>
          {items.map((item) =>
            passage.kind === "long" ? (
              <MatchingQuestion key={item.slot} item={item} letters={passage.letters} />
            ) : (
              <ChoiceQuestion key={item.slot} item={item} />
            ),
          )}
          <CheckButton slots={slots} isWhole />
        </>
      }
    />
  );
}

/** The sentences that prove what has been checked. */
export function useProofs(items: readonly Item[]): Mark[] {
  const { checks } = useRoom();
  return items.flatMap(({ slot }) => {
    const quote = checks.get(slot)?.key?.proof?.quote;
    return quote ? [{ slot, quote }] : [];
  });
}
