"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { Badge } from "@/components/ui/badge";
import { Note } from "@/components/ui/states";
import { useWords } from "@/lib/words";

type Written = Schema<"WrittenOut">;

/** A model's longer words on a script, shown as they are written. What it would mark in the text comes once it is looked up. */
export function WrittenFeedback({ written }: { written: Written }) {
  const t = useTranslations("machine");
  const words = useWords();
  const isWriting = written.state === "writing";
  if (written.state === "failed") {
    return <Note>{t("notWritten", { why: written.failure ? words(written.failure) : "" })}</Note>;
  }
  return (
    <section aria-busy={isWriting} className="grid gap-3 border-t border-line pt-4 text-sm">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-semibold">{t("feedback")}</span>
        <Badge tone="accent">{t("engines.model")}</Badge>
        <span role="status" className="text-ink-faint">
          {isWriting && (written.noted > 0 ? t("lookingUp", { count: written.noted }) : t("writing"))}
        </span>
      </p>
      {written.overall && (
        <p lang="zh" className="leading-relaxed">
          {written.overall}
          {isWriting && written.next.length === 0 && <Pen />}
        </p>
      )}
      {written.next.length > 0 && (
        <div>
          <h3 className="font-semibold">{t("next")}</h3>
          <ol lang="zh" className="mt-1 grid list-decimal gap-1 pl-5 marker:text-ink-faint">
            {written.next.map((one, index) => (
              <li key={index}>
                {one}
                {isWriting && !written.higher && index === written.next.length - 1 && <Pen />}
              </li>
            ))}
          </ol>
        </div>
      )}
      {written.higher && (
        <div>
          <h3 className="font-semibold">{t("higher")}</h3>
          <p lang="zh" className="mt-1">
            {written.higher}
          </p>
        </div>
      )}
      {written.sentences.length > 0 && <Sentences sentences={written.sentences} />}
      {written.state === "done" && <p className="text-xs text-ink-faint">{t("writtenBy", { model: written.model })}</p>}
    </section>
  );
}

/** Where the next word will stand. */
function Pen() {
  return <span aria-hidden className="ml-0.5 inline-block h-4 w-0.5 translate-y-0.5 animate-pulse bg-accent" />;
}

function Sentences({ sentences }: { sentences: Written["sentences"] }) {
  const t = useTranslations("machine");
  return (
    <details>
      <summary className="font-semibold">{t("sentences")}</summary>
      <ol className="mt-2 grid gap-3">
        {sentences.map(({ source, version, comment }) => (
          <li key={source} className="grid gap-1 border-l-2 border-line pl-3">
            <p lang="zh">{source}</p>
            <p lang="en" className="font-reading text-good">
              {version}
            </p>
            <p lang="zh" className="text-ink-soft">
              {comment}
            </p>
          </li>
        ))}
      </ol>
    </details>
  );
}
