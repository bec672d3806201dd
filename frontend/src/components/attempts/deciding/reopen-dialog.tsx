"use client";

import { useTranslations } from "next-intl";
import { toast } from "@/lib/toast";
import type { Decision } from "@/components/attempts/deciding/decision-form";
import { DecisionForm } from "@/components/attempts/deciding/late-decision-form";
import { useRereadSeats } from "@/components/attempts/deciding/use-reread-seats";
import { Dialog } from "@/components/ui/dialog";
import { api } from "@/lib/api";

interface Props {
  seat: { attempt: string; name: string };
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Lets a student whose attempt is closed go on where it was closed. */
export function ReopenDialog({ seat, open, onOpenChange }: Props) {
  const t = useTranslations("seats");
  const reread = useRereadSeats();
  const close = () => onOpenChange(false);
  const reopen = async (body: Decision) => {
    const params = { path: { attempt_id: seat.attempt } };
    await api.POST("/api/v1/attempts/{attempt_id}/reopenings", { params, body });
    toast.success(t("reopened", { name: seat.name }));
    await reread();
    close();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("reopenFor", { name: seat.name })}
      about={t("reopenAbout")}
    >
      <DecisionForm
        minutes={{ label: t("minutesMore"), hint: t("reopenMinutesHint"), least: 0, most: 120, first: 0 }}
        action={t("reopen")}
        onDecide={reopen}
        onCancel={close}
      />
    </Dialog>
  );
}
