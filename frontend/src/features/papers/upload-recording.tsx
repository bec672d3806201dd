"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { SendingFile } from "@/components/files/sending-file";
import { Unfinished } from "@/components/files/unfinished";
import { useSending } from "@/components/files/use-sending";
import { useWithin } from "@/components/files/use-within";
import { FileButton } from "@/components/ui/file-button";
import { Note } from "@/components/ui/states";
import type { Paper } from "@/features/papers/paper-card";
import { api } from "@/lib/api";
import { toast } from "@/lib/toast";

const LARGEST_BYTES = 40 * 1024 * 1024;
const KINDS = ".mp3";

/** A teacher's own recording of the whole listening part, in place of the made one; sent in pieces, as a syllabus is. */
export function UploadRecording({ paper }: { paper: Paper }) {
  const t = useTranslations("papers");
  const queries = useQueryClient();
  const { sent, begin, ...acts } = useSending(async (upload) => {
    const params = { path: { paper_id: paper.id } };
    await api.POST("/api/v1/papers/{paper_id}/recordings", { params, body: { upload } });
    toast.success(t("uploaded"));
    await queries.invalidateQueries({ queryKey: ["get", "/api/v1/papers/{paper_id}", { params }] });
  });
  const { isTooBig, choose } = useWithin(LARGEST_BYTES, (file) => void begin(file));
  if (sent) return <SendingFile sent={sent} {...acts} />;
  return (
    <div className="grid justify-items-start gap-3">
      <FileButton accept={`${KINDS},audio/mpeg`} onFile={choose}>
        <Upload aria-hidden />
        {t("upload")}
      </FileButton>
      <p className="text-sm text-ink-faint">{t("uploadAbout")}</p>
      {isTooBig && (
        <Note tone="bad" role="alert">
          {t("uploadTooBig")}
        </Note>
      )}
      <Unfinished kinds={KINDS} />
    </div>
  );
}
