"use client";

import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { Schema } from "@/client/types";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DialogButtons } from "@/components/ui/dialog";
import { Check } from "@/components/ui/field";
import { Note, ProblemNote } from "@/components/ui/states";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { api, take } from "@/lib/api";

type Preview = Schema<"RosterPreview">;
type Row = Preview["rows"][number];

interface Props {
  course_id: number;
  preview: Preview;
  onBack: () => void;
  onImport: (job: number) => void;
}

export function RosterChecked({ course_id, preview, onBack, onImport }: Props) {
  const t = useTranslations("students");
  const [onlyErrors, setOnlyErrors] = useState(preview.errors > 0);
  const importing = useMutation({
    mutationFn: () => {
      const params = { path: { course_id, roster_id: preview.id } };
      return take(api.POST("/api/v1/courses/{course_id}/rosters/{roster_id}/imports", { params }));
    },
    onSuccess: (started) => started && onImport(started.job),
  });
  const { creates, enrols, unchanged, errors } = preview;
  const rows = onlyErrors ? preview.rows.filter((row) => row.action === "error") : preview.rows;
  return (
    <div className="grid gap-4">
      {errors > 0 ? (
        <Note tone="bad" role="alert">
          <p className="font-semibold">{t("errors", { count: errors })}</p>
          <p>{t("errorsAbout")}</p>
        </Note>
      ) : (
        <Note tone="good">
          {creates + enrols > 0 ? t("summary", { creates, enrols, unchanged }) : t("nothingToImport")}
        </Note>
      )}
      {errors > 0 && (
        <Check label={t("onlyErrors")} checked={onlyErrors} onChange={(event) => setOnlyErrors(event.target.checked)} />
      )}
      <Rows rows={rows} />
      <ProblemNote error={importing.error} />
      <DialogButtons>
        <Button onClick={onBack}>{t("otherFile")}</Button>
        <Button
          look="primary"
          onClick={() => importing.mutate()}
          isBusy={importing.isPending}
          disabled={errors > 0 || creates + enrols === 0}
        >
          {t("importNow", { count: creates + enrols })}
        </Button>
      </DialogButtons>
    </div>
  );
}

const tones: Record<Row["action"], Tone> = { create: "good", enrol: "accent", none: "plain", error: "bad" };

function Rows({ rows }: { rows: Row[] }) {
  const t = useTranslations("students");
  const isChinese = useLocale() === "zh";
  return (
    <div className="max-h-80 overflow-y-auto rounded-control border border-line">
      <Table>
        <thead className="sticky top-0 bg-surface">
          <tr>
            <Th className="text-right">{t("line")}</Th>
            <Th>{t("column.name")}</Th>
            <Th>{t("column.number")}</Th>
            <Th className="max-sm:hidden">{t("column.class")}</Th>
            <Th>{t("result")}</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Tr key={row.line}>
              <Td className="text-right text-ink-faint tabular-nums">{row.line}</Td>
              <Td>{row.name}</Td>
              <Td className="tabular-nums">{row.student_number}</Td>
              <Td className="max-sm:hidden">{row.administrative_class}</Td>
              <Td>
                <Badge tone={tones[row.action]}>{t(`actions.${row.action}`)}</Badge>
                {row.problem && <p className="mt-1 text-bad">{isChinese ? row.problem : row.problem_en}</p>}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
