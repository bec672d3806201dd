"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Note, ProblemNote } from "@/components/ui/states";
import type { Paper } from "@/features/papers/paper-card";
import { api } from "@/lib/api";
import { useWords } from "@/lib/words";

/** What is wrong with the paper's track, and making it again where that helps. */
export function RemakeTrack({ paper }: { paper: Paper }) {
  const t = useTranslations("papers");
  const words = useWords();
  const queries = useQueryClient();
  const params = { path: { paper_id: paper.id } };
  const making = useMutation({
    mutationFn: async () => {
      await api.POST("/api/v1/papers/{paper_id}/tracks", { params });
      await queries.invalidateQueries({ queryKey: ["get", "/api/v1/papers/{paper_id}", { params }] });
    },
  });
  if (!paper.audio_trouble) return null;
  return (
    <div className="grid justify-items-start gap-3">
      <Note tone="bad" role="alert" className="w-full">
        {words(paper.audio_trouble)}
      </Note>
      {paper.audio_origin !== "recording" && (
        <Button onClick={() => making.mutate()} isBusy={making.isPending}>
          <RotateCw aria-hidden />
          {t("remake")}
        </Button>
      )}
      <ProblemNote error={making.error} />
    </div>
  );
}
