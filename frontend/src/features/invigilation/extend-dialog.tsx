"use client";

import { useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import { toast } from "@/lib/toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogButtons } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/states";
import { api } from "@/lib/api";
import { asProblem } from "@/lib/problem";
import { useWords } from "@/lib/words";
import { extendEach, type Extended, type Student } from "./room-rules";

interface Props {
  /** Those whose clock runs. */
  students: readonly Student[];
  onClose: () => void;
  reread: () => Promise<unknown>;
}

const MOST_MINUTES = 120;

/** More time from the part that runs now, for one or for everybody; the reason stays on record. */
export function ExtendDialog({ students, onClose, reread }: Props) {
  const t = useTranslations("invigilation");
  const common = useTranslations("common");
  const [minutes, setMinutes] = useState("5");
  const [reason, setReason] = useState("");
  const [done, setDone] = useState<number | null>(null);
  const [failed, setFailed] = useState<Extended["failed"]>([]);
  const [only] = students;
  const whom = failed.length > 0 ? failed.map(({ student }) => student) : students;
  const isValid = Number(minutes) >= 1 && Number(minutes) <= MOST_MINUTES && reason.trim() !== "";

  const extend = async (event: FormEvent) => {
    event.preventDefault();
    setDone(0);
    const body = { minutes: Number(minutes), reason: reason.trim() };
    const one = ({ attempt }: Student) =>
      api.POST("/api/v1/attempts/{attempt_id}/extensions", { params: { path: { attempt_id: attempt ?? "" } }, body });
    const result = await extendEach(whom, one, setDone);
    setDone(null);
    setFailed(result.failed);
    await reread();
    if (result.done > 0) toast.success(t("extendedFor", { count: result.done, minutes: Number(minutes) }));
    if (result.failed.length === 0) onClose();
  };

  return (
    <Dialog
      open
      onOpenChange={() => done === null && onClose()}
      title={students.length === 1 && only ? t("extendOne", { name: only.name }) : t("extendAll")}
      about={t("extendAbout", { count: whom.length })}
    >
      <form onSubmit={(event) => void extend(event)} className="grid gap-4">
        <Field label={t("minutes")} hint={t("minutesHint", { most: MOST_MINUTES })}>
          {(control) => (
            <Input
              {...control}
              type="number"
              inputMode="numeric"
              min={1}
              max={MOST_MINUTES}
              value={minutes}
              onChange={(event) => setMinutes(event.target.value)}
              className="w-28"
            />
          )}
        </Field>
        <Field label={t("reason")} hint={t("reasonHint")}>
          {(control) => (
            <Input {...control} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
        <Failures failed={failed} />
        <DialogButtons>
          <Button onClick={onClose} disabled={done !== null}>
            {common("cancel")}
          </Button>
          <Button type="submit" look="primary" isBusy={done !== null} disabled={!isValid}>
            {done === null ? t("extend") : t("extending", { done, all: whom.length })}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

function Failures({ failed }: { failed: Extended["failed"] }) {
  const t = useTranslations("invigilation");
  const words = useWords();
  if (failed.length === 0) return null;
  return (
    <Note tone="bad" role="alert">
      <p>{t("extendFailed", { count: failed.length })}</p>
      <ul className="mt-1 grid gap-0.5">
        {failed.map(({ student, reason }) => (
          <li key={student.id}>
            {student.name} · {words(asProblem(reason).words)}
          </li>
        ))}
      </ul>
    </Note>
  );
}
