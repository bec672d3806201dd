"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import { toast } from "@/lib/toast";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note, ProblemNote } from "@/components/ui/states";
import type { Paper } from "@/features/papers/paper-card";
import { api } from "@/lib/api";
import { formatTrackTime, parseTrackTime } from "./track-time";

/** Where each section of a teacher's recording begins: only then can one be sat without the others. */
export function RecordingSections({ paper }: { paper: Paper }) {
  const t = useTranslations("papers");
  const common = useTranslations("common");
  const queries = useQueryClient();
  const sections = paper.sections.filter((section) => section.startsWith("listening"));
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() => written(paper.audio_starts));
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const times = sections.map((section) => ({ section, start_ms: parseTrackTime(texts[section] ?? "") }));
  const starts = times.flatMap(({ section, start_ms }) => (start_ms === null ? [] : [{ section, start_ms }]));
  const isComplete = starts.length === sections.length;

  const save = async () => {
    setBusy(true);
    setRefusal(null);
    const params = { path: { paper_id: paper.id } };
    try {
      await api.PUT("/api/v1/papers/{paper_id}/recordings/sections", { params, body: { starts } });
      toast.success(t("sectionsSaved"));
      await queries.invalidateQueries({ queryKey: ["get", "/api/v1/papers/{paper_id}", { params }] });
    } catch (error) {
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <form onSubmit={submit} className="grid gap-3 border-t border-line pt-4">
      <h3 className="text-sm font-semibold">{t("sectionTimes")}</h3>
      {Object.keys(paper.audio_starts).length === 0 && <Note tone="warn">{t("sectionsUnknown")}</Note>}
      <div className="grid gap-3 sm:grid-cols-3">
        {times.map(({ section, start_ms }) => (
          <Field
            key={section}
            label={common(`sections.${section}`)}
            error={texts[section] && start_ms === null ? t("noTrackTime") : undefined}
          >
            {(attributes) => (
              <Input
                {...attributes}
                inputMode="numeric"
                placeholder="0:00"
                value={texts[section] ?? ""}
                onChange={(event) => setTexts({ ...texts, [section]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
      <p className="text-sm text-ink-faint">{t("sectionTimesAbout")}</p>
      <ProblemNote error={refusal} />
      <Button type="submit" className="justify-self-start" disabled={!isComplete} isBusy={isBusy}>
        {t("saveSections")}
      </Button>
    </form>
  );
}

function written(starts: Paper["audio_starts"]): Record<string, string> {
  return Object.fromEntries(Object.entries(starts).map(([section, ms]) => [section, formatTrackTime(ms)]));
}
