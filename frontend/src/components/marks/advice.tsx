"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { Badge } from "@/components/ui/badge";
import { useWords } from "@/lib/words";

type Feedback = Schema<"Feedback">;

/** What an engine says of the whole script, three things to do next, and a translation sentence by sentence. */
export function Advice({ feedback }: { feedback: Feedback }) {
  const t = useTranslations("machine");
  const words = useWords();
  return (
    <section className="grid gap-3 border-t border-line pt-4 text-sm">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-semibold">{t("feedback")}</span>
        <Badge>{t("engines.builtin")}</Badge>
      </p>
      <p className="leading-relaxed">{words(feedback.overall)}</p>
      <div>
        <h3 className="font-semibold">{t("next")}</h3>
        <ol className="mt-1 grid list-decimal gap-1 pl-5 marker:text-ink-faint">
          {feedback.next.map((one) => (
            <li key={one.zh}>{words(one)}</li>
          ))}
        </ol>
      </div>
      {feedback.sentences.length > 0 && <Sentences sentences={feedback.sentences} />}
    </section>
  );
}

function Sentences({ sentences }: { sentences: Feedback["sentences"] }) {
  const t = useTranslations("machine");
  return (
    <details>
      <summary className="font-semibold">{t("sentences")}</summary>
      <ol className="mt-2 grid gap-3">
        {sentences.map((one, index) => (
          <li key={index} className="grid gap-1 border-l-2 border-line pl-3">
            <p lang="zh">{one.source}</p>
            <p lang="en" className="font-reading text-ink-soft">
              {one.script || t("notTranslated")}
            </p>
            <p lang="en" className="font-reading text-good">
              {one.best}
            </p>
            {one.missed.map((term) => (
              <p key={term} className="text-ink-soft">
                {t("missed", { term, accepted: (one.accepted[term] ?? []).join(" / ") })}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </details>
  );
}
