"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogButtons } from "@/components/ui/dialog";
import { Check, Field } from "@/components/ui/field";
import { NativeSelect, Textarea } from "@/components/ui/input";
import type { PlanRow } from "../types";
import { moved, placeOf, withRow } from "./plan-rules";
import type { Look } from "./plan-table";
import { useRowTitle } from "./use-row-title";

interface Props extends Look {
  rowKey: string;
  onClose: () => void;
}

/** What is done in these hours, in which session, and whether it stays there. */
export function RowDialog({ rowKey, onClose, plan, names, onChange }: Props) {
  const row = plan.sessions.flatMap(({ rows }) => rows).find(({ key }) => key === rowKey);
  const place = placeOf(plan, rowKey);
  const titleOf = useRowTitle(names);
  if (!row || !place) return null;
  const save = (session: number, change: Pick<PlanRow, "activity" | "locked">) => {
    const there = plan.sessions.find(({ number }) => number === session);
    const taken = session === place.session ? plan : moved(plan, rowKey, { session, at: there?.rows.length ?? 0 });
    onChange(withRow(taken, rowKey, session === place.session ? change : { ...change, locked: true }));
    onClose();
  };
  return (
    <Form
      row={row}
      title={titleOf(row)}
      sessions={plan.sessions.length}
      at={place.session}
      onSave={save}
      onClose={onClose}
    />
  );
}

interface FormProps {
  row: PlanRow;
  title: string;
  sessions: number;
  at: number;
  onSave: (session: number, change: Pick<PlanRow, "activity" | "locked">) => void;
  onClose: () => void;
}

function Form({ row, title, sessions, at, onSave, onClose }: FormProps) {
  const t = useTranslations("run");
  const common = useTranslations("common");
  const locale = useLocale();
  const [text, setText] = useState(row.activity[locale]);
  const [session, setSession] = useState(at);
  const [locked, setLocked] = useState(row.locked);
  // Written in one language by a teacher: it is what both languages show, until somebody writes the other.
  const activity = text.trim() === row.activity[locale] ? row.activity : { zh: text.trim(), en: text.trim() };
  return (
    <Dialog open onOpenChange={onClose} title={title}>
      <div className="grid grid-cols-1 gap-4">
        <Field label={t("activity")} error={text.trim() === "" ? common("required") : undefined}>
          {(control) => (
            <Textarea {...control} value={text} maxLength={1000} onChange={(event) => setText(event.target.value)} />
          )}
        </Field>
        <Field label={t("inSession")}>
          {(control) => (
            <NativeSelect {...control} value={session} onChange={(event) => setSession(Number(event.target.value))}>
              {Array.from({ length: sessions }, (_, place) => (
                <option key={place} value={place + 1}>
                  {t("session", { number: place + 1 })}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
        <Check
          label={t("lockHere")}
          hint={t("lockHint")}
          checked={locked}
          onChange={(event) => setLocked(event.target.checked)}
        />
      </div>
      <DialogButtons>
        <Button onClick={onClose}>{common("cancel")}</Button>
        <Button look="primary" disabled={text.trim() === ""} onClick={() => onSave(session, { activity, locked })}>
          {t("take")}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
