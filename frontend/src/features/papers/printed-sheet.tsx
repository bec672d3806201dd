"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { itemsOf, type Item, type Section } from "@/components/paper/slots";
import { Wordmark } from "@/components/shell/wordmark";
import { $api } from "@/lib/api";
import { useWords } from "@/lib/words";

/** As many as leave each sheet on one page. */
const ESSAY_LINES = 12;
const TRANSLATION_LINES = 8;

/** The two answer sheets of a paper, on A4 and only there. */
export function PrintedSheet({ paper_id }: { paper_id: number }) {
  const t = useTranslations("papers");
  const content = $api.useQuery("get", "/api/v1/papers/{paper_id}/content", { params: { path: { paper_id } } });
  const sections = content.data?.sections ?? [];
  const parts = (...names: Section["part"][]) => sections.filter(({ part }) => names.includes(part));
  return (
    <div className="print-sheet hidden text-sm">
      <Page title={t("sheetOne")}>
        {parts("writing", "listening").map((section) => (
          <Part key={section.key} section={section} lines={ESSAY_LINES} />
        ))}
      </Page>
      <Page title={t("sheetTwo")}>
        {parts("reading", "translation").map((section) => (
          <Part key={section.key} section={section} lines={TRANSLATION_LINES} />
        ))}
      </Page>
    </div>
  );
}

function Page({ title, children }: { title: string; children: ReactNode }) {
  const t = useTranslations("papers");
  return (
    <section className="grid break-after-page content-start gap-4 last:break-after-auto">
      <header className="grid gap-3 border-b-2 border-ink pb-3">
        <div className="flex items-center justify-between">
          <Wordmark />
          <h2 className="font-title text-2xl font-semibold tracking-widest">{title}</h2>
        </div>
        <div className="flex gap-6">
          {(["sheetName", "sheetNumber", "sheetClass"] as const).map((name) => (
            <span key={name} className="flex flex-1 items-end gap-2">
              {t(name)}
              <span className="flex-1 border-b border-ink" />
            </span>
          ))}
        </div>
        <p className="text-xs text-ink-soft">{t("sheetHow")}</p>
      </header>
      {children}
    </section>
  );
}

function Part({ section, lines }: { section: Section; lines: number }) {
  const words = useWords();
  const isWritten = section.part === "writing" || section.part === "translation";
  return (
    <div className="grid break-inside-avoid gap-1.5">
      <h3 className="font-title font-semibold">{words(section.title)}</h3>
      {isWritten ? (
        <div>
          {Array.from({ length: lines }, (_, line) => (
            <div key={line} className="h-7.5 border-b border-line-strong" />
          ))}
        </div>
      ) : (
        <Boxes section={section} />
      )}
    </div>
  );
}

function Boxes({ section }: { section: Section }) {
  const rows = section.items.map((item) => ({ slot: item.slot, letters: lettersFor(section, item) }));
  const isLong = rows.some(({ letters }) => letters.length > 4);
  return (
    <ol className={isLong ? "grid gap-0.5" : "grid grid-flow-col grid-cols-3 grid-rows-5 gap-x-6 gap-y-0.5"}>
      {rows.map(({ slot, letters }) => (
        <li key={slot} className="flex items-center gap-1.5">
          <span className="w-6 text-right font-semibold tabular-nums">{slot}</span>
          {letters.map((letter) => (
            <span
              key={letter}
              className="grid h-4 w-7 place-items-center border border-ink text-[0.625rem] leading-none"
            >
              {letter}
            </span>
          ))}
        </li>
      ))}
    </ol>
  );
}

/** Choices of the item, else the words of its bank, else the paragraphs of its passage. */
function lettersFor(section: Section, item: Item): string[] {
  if (item.choices.length > 0) return item.choices.map(({ letter }) => letter);
  const passage = section.passages.find((each) => itemsOf(section, each).includes(item));
  if (!passage) return [];
  return passage.bank.length > 0 ? passage.bank.map(({ letter }) => letter) : passage.letters;
}
