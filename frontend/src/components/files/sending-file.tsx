"use client";

import { CirclePause, FileText, Play, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { ProblemNote } from "@/components/ui/states";
import { sizeOf } from "@/components/files/size";
import type { useSending, Sent } from "@/components/files/use-sending";

type Props = Omit<ReturnType<typeof useSending>, "sent" | "begin"> & { sent: Sent };

export function SendingFile({ sent, pause, resume, cancel }: Props) {
  const t = useTranslations("sending");
  const { file, state, gone, problem } = sent;
  return (
    <div className="grid gap-3">
      <div className="flex items-center gap-3">
        <FileText className="size-5 shrink-0 text-ink-faint" aria-hidden />
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium" title={file.name}>
            {file.name}
          </p>
          <p className="text-sm text-ink-faint tabular-nums" role="status">
            {t(`states.${state}`)} · {sizeOf(gone)} / {sizeOf(file.size)}
          </p>
        </div>
        <span className="text-sm font-medium tabular-nums">{Math.floor((100 * gone) / file.size)}%</span>
      </div>
      <Progress value={(100 * gone) / file.size} label={t("label", { name: file.name })} />
      <ProblemNote error={problem} />
      {state !== "sent" && (
        <div className="flex flex-wrap gap-2">
          {state === "sending" && (
            <Button size="sm" onClick={pause}>
              <CirclePause aria-hidden />
              {t("pause")}
            </Button>
          )}
          {(state === "paused" || state === "failed") && (
            <Button size="sm" look="primary" onClick={resume}>
              <Play aria-hidden />
              {t("goOn")}
            </Button>
          )}
          <Button size="sm" look="quiet" onClick={() => void cancel()}>
            <X aria-hidden />
            {t(state === "refused" ? "another" : "cancel")}
          </Button>
        </div>
      )}
    </div>
  );
}
