"use client";

import { useTranslations } from "next-intl";
import { toast } from "@/lib/toast";
import type { Decision } from "@/components/attempts/deciding/decision-form";
import { DecisionForm } from "@/components/attempts/deciding/late-decision-form";
import { useRereadSeats } from "@/components/attempts/deciding/use-reread-seats";
import { Dialog } from "@/components/ui/dialog";
import { api, take } from "@/lib/api";

interface Props {
  assignment: number;
  /** Whose attempt it is; null for everybody who writes. */
  seat: { attempt: string; name: string } | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** More time for one student, or for all who write the exam now. */
export function MoreTimeDialog({ assignment, seat, open, onOpenChange }: Props) {
  const t = useTranslations("seats");
  const reread = useRereadSeats();
  const close = () => onOpenChange(false);
  const give = async (body: Decision) => {
    if (seat) {
      const params = { path: { attempt_id: seat.attempt } };
      await api.POST("/api/v1/attempts/{attempt_id}/extensions", { params, body });
      toast.success(t("timeGiven", { name: seat.name, minutes: body.minutes }));
    } else {
      const params = { path: { assignment_id: assignment } };
      const given = await take(api.POST("/api/v1/assignments/{assignment_id}/extensions", { params, body }));
      toast.success(t("timeGivenToAll", { count: given?.extended.length ?? 0, minutes: body.minutes }));
    }
    await reread();
    close();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={seat ? t("moreTimeFor", { name: seat.name }) : t("moreTimeForAll")}
      about={seat ? t("moreTimeAbout") : t("moreTimeForAllAbout")}
    >
      <DecisionForm
        minutes={{ label: t("minutesMore"), least: 1, most: 120, first: 5 }}
        action={t("giveTime")}
        onDecide={give}
        onCancel={close}
      />
    </Dialog>
  );
}
