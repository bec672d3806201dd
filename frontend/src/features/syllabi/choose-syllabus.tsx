"use client";

import { FileUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { DropZone } from "@/components/files/drop-zone";
import { Unfinished } from "@/components/files/unfinished";
import { useWithin } from "@/components/files/use-within";
import { FileButton } from "@/components/ui/file-button";
import { Note } from "@/components/ui/states";

export const LARGEST_BYTES = 50 * 1024 * 1024;
export const KINDS = ".pdf,.docx,.txt,.md,.markdown";

/** By button or by dropping; a file that was being sent when the page was left is named, so that it is chosen again. */
export function ChooseSyllabus({ onFile }: { onFile: (file: File) => void }) {
  const t = useTranslations("syllabi");
  const { isTooBig, choose } = useWithin(LARGEST_BYTES, onFile);
  return (
    <div className="grid gap-3">
      <DropZone onFile={choose} className="text-center">
        <FileUp className="size-8 stroke-[1.5] text-ink-faint" aria-hidden />
        <FileButton accept={KINDS} look="primary" onFile={choose}>
          {t("choose")}
        </FileButton>
        <p className="text-sm text-ink-faint">
          {t("kinds")}
          <span className="max-sm:hidden"> {t("orDrop")}</span>
        </p>
      </DropZone>
      {isTooBig && (
        <Note tone="bad" role="alert">
          {t("tooBig")}
        </Note>
      )}
      <Unfinished kinds={KINDS} />
    </div>
  );
}
