"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { Card } from "@/components/ui/card";

export function ScriptText({ script }: { script: Schema<"DeskScript"> }) {
  return (
    <div className="grid grid-cols-1 gap-5">
      <Answer script={script} />
      <Task script={script} />
    </div>
  );
}

function Answer({ script }: { script: Schema<"DeskScript"> }) {
  const t = useTranslations("marking");
  const { task, row, text } = script;
  return (
    <Card className="p-5 sm:px-10 sm:py-8">
      <div className="mb-4 flex items-baseline justify-between gap-3 border-b border-line pb-3">
        <h2 className="font-title text-lg font-semibold">{t("script")}</h2>
        <p className="text-sm text-ink-faint tabular-nums">
          {t("words", { count: row.words })}
          {task.words_min !== null && task.words_max !== null && ` / ${task.words_min}–${task.words_max}`}
        </p>
      </div>
      {text.trim() ? (
        <p lang="en" className="ruled max-w-[68ch] font-reading text-lg leading-9 whitespace-pre-wrap">
          {text}
        </p>
      ) : (
        <p className="text-ink-faint">{t("empty")}</p>
      )}
    </Card>
  );
}

function Task({ script }: { script: Schema<"DeskScript"> }) {
  const t = useTranslations("marking");
  const { task, row, references, points } = script;
  return (
    <Card className="p-5 sm:px-10 sm:py-8">
      <h2 className="mb-2 font-title text-lg font-semibold">{t("task")}</h2>
      <p className="max-w-[68ch] font-reading leading-relaxed whitespace-pre-line">{task.prompt}</p>
      {points.length > 0 && (
        <>
          <h3 className="mt-4 mb-1 text-sm text-ink-faint">{t("points")}</h3>
          <ul className="list-disc pl-5 text-sm">
            {points.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        </>
      )}
      {references.length > 0 && (
        <>
          <h3 className="mt-4 mb-1 text-sm text-ink-faint">{t(row.slot === "T" ? "references" : "models")}</h3>
          {references.map((reference) => (
            <p key={reference} lang="en" className="mb-2 max-w-[68ch] font-reading leading-relaxed">
              {reference}
            </p>
          ))}
        </>
      )}
    </Card>
  );
}
