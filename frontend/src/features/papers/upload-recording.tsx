"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "@/lib/toast";
import { FileButton } from "@/components/ui/file-button";
import { Progress } from "@/components/ui/progress";
import { Note, ProblemNote } from "@/components/ui/states";
import type { Paper } from "@/features/papers/paper-card";
import { api, fileForm } from "@/lib/api";

const LARGEST_BYTES = 30 * 1024 * 1024;

/** A teacher's own recording of the whole listening part, in place of the made one. */
export function UploadRecording({ paper }: { paper: Paper }) {
  const t = useTranslations("papers");
  const queries = useQueryClient();
  const [isSending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [isTooBig, setTooBig] = useState(false);

  const send = async (file: File) => {
    const params = { path: { paper_id: paper.id } };
    await api.POST("/api/v1/papers/{paper_id}/recordings", { params, ...fileForm(file) });
    toast.success(t("uploaded"));
    await queries.invalidateQueries({ queryKey: ["get", "/api/v1/papers/{paper_id}", { params }] });
  };
  const upload = async (file: File) => {
    setRefusal(null);
    setTooBig(file.size > LARGEST_BYTES);
    if (file.size > LARGEST_BYTES) return;
    setSending(true);
    await send(file).catch(setRefusal);
    setSending(false);
  };

  return (
    <div className="grid justify-items-start gap-3">
      <FileButton accept=".mp3,audio/mpeg" onFile={(file) => void upload(file)} isBusy={isSending}>
        <Upload aria-hidden />
        {t("upload")}
      </FileButton>
      <p className="text-sm text-ink-faint">{t("uploadAbout")}</p>
      {isSending && <Progress value={null} label={t("uploading")} className="w-full" />}
      {isTooBig && <Note tone="bad">{t("uploadTooBig")}</Note>}
      <ProblemNote error={refusal} />
    </div>
  );
}
