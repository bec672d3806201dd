"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import type { Schema } from "@/client/types";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { Note, ProblemNote } from "@/components/ui/states";
import { Keypad } from "@/features/marking/keypad-buttons";
import { press, untouched } from "@/features/marking/keypad";
import { useMarkingKeys } from "@/features/marking/use-marking-keys";
import { useRouter } from "@/i18n/navigation";
import { api, take } from "@/lib/api";

export function MarkForm({ script }: { script: Schema<"DeskScript"> }) {
  const t = useTranslations("marking");
  const { row } = script;
  const [typed, setTyped] = useState(untouched);
  const [comment, setComment] = useState("");
  const [isMissing, setMissing] = useState(false);
  const marking = useMarking(script);

  const save = () => {
    setMissing(typed.mark === null);
    if (typed.mark !== null && !marking.isPending) marking.mutate({ value: typed.mark, comment: comment.trim() });
  };
  useMarkingKeys({ onKey: (key) => setTyped((now) => press(now, key, performance.now())), onSave: save });

  return (
    <Card className="grid gap-4 p-5">
      <div className="flex items-baseline justify-between">
        <h2 className="font-semibold">{t("mark")}</h2>
        <p aria-live="polite" className="text-ink-faint">
          <span className="text-3xl font-semibold text-ink tabular-nums">{typed.mark ?? "–"}</span> {t("markOutOf")}
        </p>
      </div>
      {row.mark !== null && <Note>{t("change", { mark: row.mark })}</Note>}
      <Keypad bands={script.rubric.bands} mark={typed.mark} onMark={(mark) => setTyped({ mark, at: null })} />
      <Field label={t("comment")}>
        {(control) => (
          <Textarea
            {...control}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
            maxLength={4000}
          />
        )}
      </Field>
      {isMissing && typed.mark === null && <Note tone="bad">{t("chooseMark")}</Note>}
      <ProblemNote error={marking.error} />
      <Button look="primary" size="lg" onClick={save} isBusy={marking.isPending}>
        {script.next === null ? t("save") : t("saveNext")}
      </Button>
      <p className="text-xs text-ink-faint max-sm:hidden">{t("keyboard")}</p>
    </Card>
  );
}

function useMarking({ row }: Schema<"DeskScript">) {
  const t = useTranslations("marking");
  const router = useRouter();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schema<"MarkIn">) =>
      take(api.POST("/api/v1/scripts/{script_id}/marks", { params: { path: { script_id: row.id } }, body })),
    onSuccess: async (marked, { value }) => {
      toast.success(t("saved", { name: row.student_name, mark: value }));
      void queries.invalidateQueries({ queryKey: ["get", "/api/v1/scripts"] });
      const key = ["get", "/api/v1/scripts/{script_id}", { params: { path: { script_id: row.id } } }];
      queries.setQueryData(key, marked);
      const next = marked?.next;
      router.push(next ? `/marking/${next}` : "/marking");
      window.scrollTo(0, 0);
    },
  });
}
