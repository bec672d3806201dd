"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "@/lib/toast";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import type { Paper } from "@/features/papers/paper-card";
import { api } from "@/lib/api";

/** Goes back to the made track. */
export function RemoveRecording({ paper }: { paper: Paper }) {
  const t = useTranslations("papers");
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const params = { path: { paper_id: paper.id } };
  const remove = async () => {
    await api.DELETE("/api/v1/papers/{paper_id}/recordings", { params });
    await queries.invalidateQueries({ queryKey: ["get", "/api/v1/papers/{paper_id}", { params }] });
    toast.success(t("recordingRemoved"));
  };
  return (
    <>
      <Button look="quiet" className="justify-self-start" onClick={() => setAsking(true)}>
        <Undo2 aria-hidden />
        {t("removeRecording")}
      </Button>
      <Confirm
        open={isAsking}
        onOpenChange={setAsking}
        title={t("removeRecording")}
        about={t("removeRecordingAbout")}
        action={t("removeRecording")}
        isDanger
        onConfirm={remove}
      />
    </>
  );
}
