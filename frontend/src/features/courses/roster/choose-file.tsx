"use client";

import { useMutation } from "@tanstack/react-query";
import { Download, FileSpreadsheet } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { DropZone } from "@/components/files/drop-zone";
import { Button } from "@/components/ui/button";
import { FileButton } from "@/components/ui/file-button";
import { ProblemNote } from "@/components/ui/states";
import { api, fileForm, take } from "@/lib/api";
import { download, toCsv } from "@/lib/csv";

interface Props {
  course_id: number;
  onPreview: (preview: Schema<"RosterPreview">) => void;
}

const fields = ["name", "number", "class"] as const;

export function ChooseFile({ course_id, onPreview }: Props) {
  const t = useTranslations("students");
  const template = (["column", "templateRow"] as const).map((row) => fields.map((field) => t(`${row}.${field}`)));
  const checking = useMutation({
    mutationFn: (file: File) =>
      take(api.POST("/api/v1/courses/{course_id}/rosters", { params: { path: { course_id } }, ...fileForm(file) })),
    onSuccess: (preview) => preview && onPreview(preview),
  });
  const drop = (file: File | undefined) => {
    if (file && !checking.isPending) checking.mutate(file);
  };
  return (
    <div className="grid gap-4">
      <p className="text-sm text-ink-soft">{t("fileAbout")}</p>
      <DropZone onFile={drop}>
        <FileSpreadsheet className="size-8 text-ink-faint" aria-hidden />
        <FileButton
          accept=".xlsx,.csv"
          look="primary"
          onFile={(file) => checking.mutate(file)}
          isBusy={checking.isPending}
        >
          {checking.isPending ? t("checking") : t("chooseFile")}
        </FileButton>
        <p className="text-sm text-ink-faint max-sm:hidden">{t("dropHere")}</p>
      </DropZone>
      <ProblemNote error={checking.error} />
      <Button look="quiet" className="justify-self-start" onClick={() => download("roster.csv", toCsv(template))}>
        <Download aria-hidden />
        {t("template")}
      </Button>
    </div>
  );
}
