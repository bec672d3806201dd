"use client";

import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { Confirm } from "@/components/ui/confirm";
import { Field } from "@/components/ui/field";
import { Input, NativeSelect } from "@/components/ui/input";
import { useReread } from "@/features/alerts/use-reread";
import { api } from "@/lib/api";

const MINUTES = [30, 60, 120, 480, 1440] as const;

interface Props {
  /** Empty: all of them. */
  rule: string;
  title: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function SilenceDialog({ rule, title, open, onOpenChange }: Props) {
  const t = useTranslations("alerts");
  const common = useTranslations("common");
  const reread = useReread("/api/v1/silences");
  const [minutes, setMinutes] = useState<number>(60);
  const [reason, setReason] = useState("");
  const [isMissing, setMissing] = useState(false);
  const isComplete = () => {
    setMissing(!reason.trim());
    return reason.trim() !== "";
  };
  const silence = async () => {
    await api.POST("/api/v1/silences", { body: { rule, reason: reason.trim(), minutes } });
    setReason("");
    await reread();
  };
  return (
    <Confirm
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      about={t("silenceAbout")}
      action={t("silence")}
      isComplete={isComplete}
      onConfirm={silence}
    >
      <div className="grid gap-4">
        <Field label={t("howLong")}>
          {(control) => (
            <NativeSelect {...control} value={minutes} onChange={(event) => setMinutes(Number(event.target.value))}>
              {MINUTES.map((value) => (
                <option key={value} value={value}>
                  {value < 60 ? t("minutes", { count: value }) : t("hours", { count: value / 60 })}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
        <Field label={t("reason")} hint={t("reasonHint")} error={isMissing ? common("required") : undefined}>
          {(control) => (
            <Input {...control} value={reason} onChange={(event) => setReason(event.target.value)} maxLength={200} />
          )}
        </Field>
      </div>
    </Confirm>
  );
}
