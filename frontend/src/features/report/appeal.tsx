"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { Note, ProblemNote } from "@/components/ui/states";
import { api, take } from "@/lib/api";
import { useUser } from "@/lib/store";
import { useTimes } from "@/lib/time";
import type { ReportScript } from "./use-report";

/** What became of an appeal, or the way to make one while there is time. */
export function Appeal({ script }: { script: ReportScript }) {
  const isStudent = useUser().role === "student";
  if (script.appeal) return <Appealed script={script} appeal={script.appeal} />;
  if (!isStudent || !script.appeal_until) return null;
  return <AppealForm script={script} until={script.appeal_until} />;
}

function Appealed({ script, appeal }: { script: ReportScript; appeal: NonNullable<ReportScript["appeal"]> }) {
  const t = useTranslations("report");
  const times = useTimes();
  const { second } = script.machine;
  return (
    <Note tone={appeal.decided_at ? "good" : "info"}>
      <span className="font-semibold">{t("appeal.yours", { mark: appeal.mark, time: times.moment(appeal.at) })}</span>
      <span className="mt-1 block whitespace-pre-line text-ink">{appeal.words}</span>
      {appeal.decided_at === null || appeal.decision === null ? (
        <span className="mt-2 block">{t("appeal.waits")}</span>
      ) : (
        <span className="mt-2 block text-ink">
          <span className="font-semibold">
            {t(appeal.decision === appeal.mark ? "appeal.kept" : "appeal.changed", {
              by: appeal.decided_by,
              mark: appeal.decision,
            })}
          </span>{" "}
          {appeal.reply}
        </span>
      )}
      {second && second.value !== null && (
        <span className="mt-1 block">{t("appeal.second", { mark: second.value })}</span>
      )}
    </Note>
  );
}

function AppealForm({ script, until }: { script: ReportScript; until: string }) {
  const t = useTranslations("report");
  const times = useTimes();
  const [words, setWords] = useState("");
  const queries = useQueryClient();
  const appealing = useMutation({
    mutationFn: () =>
      take(
        api.POST("/api/v1/scripts/{script_id}/appeals", {
          params: { path: { script_id: script.id } },
          body: { words: words.trim() },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["report"] }),
  });
  return (
    <details className="border-t border-line pt-4 text-sm">
      <summary className="font-medium text-ink-soft">{t("appeal.title")}</summary>
      <form
        className="mt-3 grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          appealing.mutate();
        }}
      >
        <p className="text-ink-soft">{t("appeal.about", { time: times.moment(until) })}</p>
        <Field label={t("appeal.words")} hint={t("appeal.hint")}>
          {(control) => (
            <Textarea
              {...control}
              required
              minLength={10}
              maxLength={1000}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          )}
        </Field>
        <ProblemNote error={appealing.error} />
        <Button type="submit" className="justify-self-start" isBusy={appealing.isPending}>
          {t("appeal.send")}
        </Button>
      </form>
    </details>
  );
}
