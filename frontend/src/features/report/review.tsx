"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { KeyNote } from "@/components/paper/key-note";
import { PassagePlayer } from "@/components/paper/passage-player";
import { ReadingPassage } from "@/components/paper/reading-passage";
import { itemsOf, isScript, type Passage, type Section } from "@/components/paper/slots";
import { WordBank } from "@/components/paper/word-bank";
import { Card } from "@/components/ui/card";
import { Check } from "@/components/ui/field";
import { Note } from "@/components/ui/states";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import { cn } from "@/lib/cn";
import type { Report, ReportItem } from "./use-report";

/** Every question again, beside the sentence that proves its answer. */
export function Review({ report }: { report: Report }) {
  const t = useTranslations("report");
  const common = useTranslations("common");
  const [onlyWrong, setOnlyWrong] = useState(false);
  const sections = report.content.filter((section) => section.items.some(({ slot }) => !isScript(slot)));
  const [first] = sections;
  if (!first) return null;
  return (
    <section className="grid grid-cols-1 gap-3 print:hidden">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="font-title text-xl font-semibold">{t("review")}</h2>
        <Check label={t("onlyWrong")} checked={onlyWrong} onChange={(event) => setOnlyWrong(event.target.checked)} />
      </div>
      <Tabs defaultValue={first.key} className="min-w-0">
        <TabList aria-label={t("review")}>
          {sections.map(({ key }) => (
            <Tab key={key} value={key}>
              {common(`sections.${key}`)}
            </Tab>
          ))}
        </TabList>
        {sections.map((section) => (
          <TabPanel key={section.key} value={section.key} className="grid grid-cols-1 gap-8">
            {section.passages.map((passage) => (
              <PassageReview
                key={passage.id}
                report={report}
                section={section}
                passage={passage}
                onlyWrong={onlyWrong}
              />
            ))}
          </TabPanel>
        ))}
      </Tabs>
    </section>
  );
}

interface PassageProps {
  report: Report;
  section: Section;
  passage: Passage;
  onlyWrong: boolean;
}

function PassageReview({ report, section, passage, onlyWrong }: PassageProps) {
  const t = useTranslations("report");
  const slots = new Set(itemsOf(section, passage).map(({ slot }) => slot));
  const items = report.items.filter(({ item }) => slots.has(item.slot));
  const shown = onlyWrong ? items.filter((item) => item.is_correct === false) : items;
  const marks = items.flatMap(({ item }) =>
    item.key?.proof ? [{ slot: item.slot, quote: item.key.proof.quote }] : [],
  );
  return (
    <div className="grid grid-cols-1 gap-5 lg:grid-cols-2 lg:gap-8">
      <Card className="p-5 lg:sticky lg:top-20 lg:max-h-[calc(100dvh-6rem)] lg:self-start lg:overflow-y-auto">
        {section.part === "listening" ? (
          <PassagePlayer audio={report.audio} passage={passage} marks={marks} isOpen />
        ) : (
          <TextOf passage={passage} items={items} marks={marks} />
        )}
      </Card>
      <div className="grid content-start gap-4">
        {shown.length === 0 && <Note tone="good">{t("nothingWrong")}</Note>}
        {shown.map((item) => (
          <ItemReview key={item.item.slot} line={item} />
        ))}
      </div>
    </div>
  );
}

interface TextProps {
  passage: Passage;
  items: ReportItem[];
  marks: { slot: string; quote: string }[];
}

function TextOf({ passage, items, marks }: TextProps) {
  const t = useTranslations("paper");
  if (passage.kind !== "cloze") return <ReadingPassage passage={passage} marks={marks} />;
  const keys = new Map(items.map(({ item }) => [item.slot, item.key?.key ?? ""]));
  const wordOf = (slot: string) => passage.bank.find(({ letter }) => letter === keys.get(slot))?.text ?? "";
  return (
    <div className="grid grid-cols-1 gap-5">
      <ReadingPassage
        passage={passage}
        blank={(slot) => (
          <mark id={`proof-${slot}`} className="scroll-mt-28 rounded-sm bg-warn-soft px-1 text-ink">
            <span className="mr-1 font-sans text-xs text-warn">{slot}</span>
            {wordOf(slot)}
          </mark>
        )}
      />
      <WordBank
        bank={passage.bank}
        label={t("bank")}
        usedBy={new Map([...keys].map(([slot, letter]) => [letter, slot]))}
      />
    </div>
  );
}

function ItemReview({ line }: { line: ReportItem }) {
  const t = useTranslations("report");
  const { item, answer, is_correct } = line;
  return (
    <Card className="grid gap-3 p-4 sm:p-5" aria-label={t("question", { slot: item.slot })}>
      <div className="flex items-start gap-3">
        <span className="min-w-8 rounded-control bg-sunken px-1.5 py-0.5 text-center text-sm font-semibold tabular-nums">
          {item.slot}
        </span>
        <p lang="en" className="flex-1 font-reading leading-relaxed">
          {item.prompt}
        </p>
      </div>
      {item.choices.length > 0 && (
        <ul className="grid gap-1">
          {item.choices.map(({ letter, text }) => (
            <li
              key={letter}
              className={cn(
                "flex gap-3 rounded-control px-2.5 py-1.5",
                letter === answer && is_correct === false && "bg-bad-soft",
                letter === item.key?.key && "bg-good-soft",
              )}
            >
              <strong className="text-sm leading-relaxed">{letter}</strong>
              <span lang="en" className="font-reading leading-relaxed">
                {text}
              </span>
            </li>
          ))}
        </ul>
      )}
      {item.key && is_correct !== null ? (
        <KeyNote slot={item.slot} value={answer} isCorrect={is_correct} answerKey={item.key} />
      ) : (
        <p className="text-sm text-ink-soft">{answer ? t("yourAnswer", { answer }) : t("noAnswer")}</p>
      )}
    </Card>
  );
}
