"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Schema } from "@/client/types";
import { Button } from "@/components/ui/button";
import { Dialog, DialogButtons } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ProblemNote } from "@/components/ui/states";
import { useRereadPeople } from "@/features/people/use-people";
import { api } from "@/lib/api";
import { toast } from "@/lib/toast";

interface Props {
  person: Schema<"PersonOut">;
  onClose: () => void;
}

/** Recorded with the words by which it is found on paper; withdrawn, nothing more is sent from the next script on. */
export function GuardianConsent({ person, onClose }: Props) {
  const t = useTranslations("people");
  const common = useTranslations("common");
  const reread = useRereadPeople();
  const [how, setHow] = useState(person.guardian_consent);
  const [isMissing, setMissing] = useState(false);
  const { name } = person;
  const params = { path: { user_id: person.id } };
  const keeping = useMutation({
    mutationFn: async (isGiven: boolean) => {
      await (isGiven
        ? api.PUT("/api/v1/users/{user_id}/guardian-consent", { params, body: { how: how.trim() } })
        : api.DELETE("/api/v1/users/{user_id}/guardian-consent", { params }));
      toast.success(t(isGiven ? "consentRecorded" : "consentWithdrawn", { name }));
      await reread();
      onClose();
    },
  });
  const record = () => {
    setMissing(!how.trim());
    if (how.trim()) keeping.mutate(true);
  };
  return (
    <Dialog open onOpenChange={onClose} title={t("consent")} about={t("consentAbout", { name })}>
      <form
        className="grid gap-4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          record();
        }}
      >
        <Field label={t("consentHow")} hint={t("consentHowHint")} error={isMissing ? common("required") : undefined}>
          {(control) => (
            <Input {...control} value={how} maxLength={200} onChange={(event) => setHow(event.target.value)} />
          )}
        </Field>
        <ProblemNote error={keeping.error} />
        <DialogButtons>
          {person.guardian_consent && (
            <Button look="danger" isBusy={keeping.isPending} onClick={() => keeping.mutate(false)}>
              {t("consentWithdraw")}
            </Button>
          )}
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" look="primary" isBusy={keeping.isPending}>
            {t("consentRecord")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
