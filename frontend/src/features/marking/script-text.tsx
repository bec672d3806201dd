"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { Card } from "@/components/ui/card";

export function ScriptText({ script }: { script: Schema<"DeskScript"> }) {
  const t = useTranslations("marking");
  const { task, row, text, references, points } = script;
  return (
    <div className="grid gap-5">
      <Card className="p-5 sm:p-6">
        <div className="mb-3 flex items-baseline justify-between gap-3">
          <h2 className="font-semibold">{t("script")}</h2>
          <p className="text-sm text-ink-faint tabular-nums">
            {t("words", { count: row.words })}
            {task.words_min !== null && task.words_max !== null && ` / ${task.words_min}–${task.words_max}`}
          </p>
        </div>
        {text.trim() ? (
          <p lang="en" className="font-reading text-lg leading-loose whitespace-pre-wrap">
            {text}
          </p>
        ) : (
          <p className="text-ink-faint">{t("empty")}</p>
        )}
      </Card>
      <Card className="p-5 sm:p-6">
        <h2 className="mb-2 font-semibold">{t("task")}</h2>
        <p className="font-reading leading-relaxed whitespace-pre-line">{task.prompt}</p>
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
              <p key={reference} lang="en" className="mb-2 font-reading leading-relaxed">
                {reference}
              </p>
            ))}
          </>
        )}
      </Card>
    </div>
  );
}
