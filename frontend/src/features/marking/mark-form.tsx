"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "@/lib/toast";
import type { Schema } from "@/client/types";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { Note, ProblemNote } from "@/components/ui/states";
import { Keypad } from "@/features/marking/keypad-buttons";
import { press, untouched, type Typed } from "@/features/marking/keypad";
import { rememberMarked, useLastMarked } from "@/features/marking/last-marked";
import { useMarkingKeys } from "@/features/marking/use-marking-keys";
import { useRouter } from "@/i18n/navigation";
import { api, take } from "@/lib/api";
import { useUser } from "@/lib/store";

interface Props {
  script: Schema<"DeskScript">;
  onMark?: (mark: number | null) => void;
}

export function MarkForm({ script, onMark }: Props) {
  const t = useTranslations("marking");
  const { row } = script;
  const router = useRouter();
  const last = useLastMarked();
  const [typed, setTyped] = useState(untouched);
  // Marking again makes a new mark: what was said with the last one is kept unless it is changed.
  const isAppeal = script.appeal !== null && script.appeal.decided_at === null;
  const [comment, setComment] = useState(isAppeal ? "" : (script.marks[0]?.comment ?? ""));
  const [isMissing, setMissing] = useState(false);
  const marking = useMarking(script);

  const type = (next: Typed) => {
    setTyped(next);
    onMark?.(next.mark);
  };
  const save = () => {
    setMissing(typed.mark === null);
    if (typed.mark !== null && !marking.isPending) marking.mutate({ value: typed.mark, comment: comment.trim() });
  };
  const goBack = () => {
    if (last && last.id !== row.id) router.push(`/marking/${last.id}`);
  };
  useMarkingKeys({
    onKey: (key) => (key === "z" || key === "Z" ? goBack() : type(press(typed, key, performance.now()))),
    onSave: save,
  });

  return (
    <Card id="mark" className="grid scroll-mt-20 gap-4 p-5">
      <div className="flex items-baseline justify-between">
        <h2 className="font-title text-lg font-semibold">{t("mark")}</h2>
        <p aria-live="polite" className="text-ink-faint">
          <span className="font-title text-4xl font-semibold text-ink tabular-nums">{typed.mark ?? "–"}</span>{" "}
          {t("markOutOf")}
        </p>
      </div>
      {isAppeal && script.appeal && (
        <Note tone="warn">
          <span className="font-semibold">{t("appeal", { mark: script.appeal.mark })}</span>
          <span className="mt-1 block whitespace-pre-line text-ink">{script.appeal.words}</span>
        </Note>
      )}
      {row.mark !== null && !isAppeal && <Note>{t("change", { mark: row.mark })}</Note>}
      <Keypad bands={script.rubric.bands} mark={typed.mark} onMark={(mark) => type({ mark, at: null })} />
      <Field label={t(isAppeal ? "reply" : "comment")}>
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
      <div className="flex items-center gap-3 max-sm:fixed max-sm:inset-x-0 max-sm:bottom-[calc(4rem+env(safe-area-inset-bottom))] max-sm:z-20 max-sm:border-t max-sm:border-line max-sm:bg-surface max-sm:px-4 max-sm:py-2">
        <a
          href="#mark"
          className="grid h-12 min-w-16 place-items-center rounded-control border border-line-strong/50 px-3 font-title text-xl font-semibold tabular-nums sm:hidden"
        >
          <span className="sr-only">{t("toMark")}</span>
          {typed.mark ?? "–"}
        </a>
        <Button look="primary" size="lg" onClick={save} isBusy={marking.isPending} className="flex-1">
          {isAppeal ? t("decide") : script.next === null ? t("save") : t("saveNext")}
        </Button>
      </div>
      <p className="text-xs text-ink-faint pointer-coarse:hidden">{t("keyboard")}</p>
    </Card>
  );
}

function useMarking({ row, appeal }: Schema<"DeskScript">) {
  const isAppeal = appeal !== null && appeal.decided_at === null;
  const t = useTranslations("marking");
  const router = useRouter();
  const queries = useQueryClient();
  const me = useUser().id;
  return useMutation({
    mutationFn: ({ value, comment }: { value: number; comment: string }) => {
      const params = { path: { script_id: row.id } };
      return isAppeal
        ? take(api.POST("/api/v1/scripts/{script_id}/appeal-decisions", { params, body: { value, words: comment } }))
        : take(api.POST("/api/v1/scripts/{script_id}/marks", { params, body: { value, comment } }));
    },
    onSuccess: async (marked, { value }) => {
      rememberMarked({ id: row.id, name: row.student_name, mark: value, by: me });
      const action = { label: t("changeLast"), onClick: () => router.push(`/marking/${row.id}`) };
      toast.success(t("saved", { name: row.student_name, mark: value }), { action });
      void queries.invalidateQueries({ queryKey: ["get", "/api/v1/scripts"] });
      const key = ["get", "/api/v1/scripts/{script_id}", { params: { path: { script_id: row.id } } }];
      queries.setQueryData(key, marked);
      const next = marked?.next;
      router.push(next ? `/marking/${next}` : "/marking");
      window.scrollTo(0, 0);
    },
  });
}
