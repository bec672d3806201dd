"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Confirm } from "@/components/ui/confirm";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { toast } from "@/lib/toast";
import { api } from "@/lib/api";
import type { Run, StageName } from "./types";
import { runKey } from "./use-run";

interface Props {
  run: Run;
  name: StageName;
  hasChanges: boolean;
  onClose: () => void;
}

/** A stage is made again with what the teacher says of it; also the way on from one that failed. */
export function SendBack({ run, name, hasChanges, onClose }: Props) {
  const t = useTranslations("run");
  const common = useTranslations("common");
  const queries = useQueryClient();
  const [note, setNote] = useState("");
  const [isMissing, setMissing] = useState(false);
  const send = async () => {
    const params = { path: { run_id: run.id, stage: name } };
    await api.POST("/api/v1/runs/{run_id}/stages/{stage}/return", { params, body: { note: note.trim() } });
    toast.success(t("sentBack"));
    await queries.invalidateQueries({ queryKey: runKey(run.id), exact: true });
  };
  return (
    <Confirm
      open
      onOpenChange={onClose}
      title={t("sendBackTitle")}
      about={hasChanges ? t("sendBackLoses") : t("sendBackAbout")}
      action={t("sendBack")}
      isDanger={hasChanges}
      isComplete={() => {
        setMissing(note.trim() === "");
        return note.trim() !== "";
      }}
      onConfirm={send}
    >
      <Field label={t("note")} hint={t("noteHint")} error={isMissing ? common("required") : undefined}>
        {(control) => (
          <Textarea {...control} value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} />
        )}
      </Field>
    </Confirm>
  );
}
