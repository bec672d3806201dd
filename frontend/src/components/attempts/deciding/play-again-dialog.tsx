"use client";

import { HeadphoneOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "@/lib/toast";
import type { Schema } from "@/client/types";
import type { Decision } from "@/components/attempts/deciding/decision-form";
import { DecisionForm } from "@/components/attempts/deciding/late-decision-form";
import { momentOf, secondsOf } from "@/components/attempts/deciding/track-time";
import { useRereadSeats } from "@/components/attempts/deciding/use-reread-seats";
import { Badge } from "@/components/ui/badge";
import { Dialog } from "@/components/ui/dialog";
import { Check } from "@/components/ui/field";
import { Loaded } from "@/components/ui/loaded";
import { SkeletonRows } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { $api, api } from "@/lib/api";
import { useTimes } from "@/lib/time";

type Missed = Schema<"MissedOut">;

interface Props {
  seat: { attempt: string; name: string };
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What a student's browser could not play: the teacher looks at it and lets it be heard again, exactly that and once. */
export function PlayAgainDialog({ seat, open, onOpenChange }: Props) {
  const t = useTranslations("seats");
  const params = { path: { attempt_id: seat.attempt } };
  const missed = $api.useQuery(
    "get",
    "/api/v1/attempts/{attempt_id}/audio-gaps",
    { params },
    { enabled: open, staleTime: 0 },
  );
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("playAgainFor", { name: seat.name })}
      about={t("playAgainAbout")}
    >
      <Loaded query={missed} skeleton={<SkeletonRows rows={3} />}>
        {(found) => (
          <>
            <Given grants={found.grants} />
            {found.gaps.length === 0 ? (
              <EmptyState icon={HeadphoneOff} title={t("noGaps")} about={t("noGapsAbout")} className="py-6" />
            ) : (
              <Choice seat={seat} gaps={found.gaps} onClose={() => onOpenChange(false)} />
            )}
          </>
        )}
      </Loaded>
    </Dialog>
  );
}

function Given({ grants }: { grants: Missed["grants"] }) {
  const t = useTranslations("seats");
  const times = useTimes();
  if (grants.length === 0) return null;
  return (
    <ul className="mb-4 divide-y divide-line rounded-control border border-line text-sm">
      {grants.map((grant) => (
        <li key={grant.id} className="flex items-start justify-between gap-3 px-4 py-3">
          <span className="min-w-0">
            <span className="block">{t("granted", { by: grant.by, time: times.moment(grant.at) })}</span>
            <span className="block truncate text-ink-faint">
              {t("seconds", { seconds: secondsOf(grant.length_ms) })} · {grant.reason}
            </span>
          </span>
          <Badge tone={grant.state === "over" ? "good" : grant.state === "expired" ? "plain" : "accent"}>
            {t(`replays.${grant.state}`)}
          </Badge>
        </li>
      ))}
    </ul>
  );
}

function Choice({ seat, gaps, onClose }: { seat: Props["seat"]; gaps: Missed["gaps"]; onClose: () => void }) {
  const t = useTranslations("seats");
  const reread = useRereadSeats();
  const [left, setLeft] = useState<ReadonlySet<number>>(
    () => new Set(gaps.filter(({ grant }) => grant !== null).map(({ id }) => id)),
  );
  const chosen = gaps.filter(({ id }) => !left.has(id));
  const turn = (id: number) => {
    const next = new Set(left);
    if (!next.delete(id)) next.add(id);
    setLeft(next);
  };
  const grant = async ({ minutes, reason, key }: Decision) => {
    const params = { path: { attempt_id: seat.attempt } };
    const body = { gaps: chosen.map(({ id }) => id), minutes, reason, key };
    await api.POST("/api/v1/attempts/{attempt_id}/audio-grants", { params, body });
    toast.success(t("playAgainGranted", { name: seat.name, minutes }));
    await reread();
    onClose();
  };
  return (
    <DecisionForm
      minutes={{ label: t("minutesToBegin"), hint: t("minutesToBeginHint"), least: 1, most: 60, first: 10 }}
      action={t("playAgain")}
      isReady={chosen.length > 0}
      onDecide={grant}
      onCancel={onClose}
    >
      <fieldset className="grid gap-1">
        <legend className="mb-1 text-sm font-medium">{t("whichGaps")}</legend>
        <div className="max-h-48 overflow-y-auto rounded-control border border-line px-4 py-1.5">
          {gaps.map((gap) => (
            <Check
              key={gap.id}
              checked={!left.has(gap.id)}
              onChange={() => turn(gap.id)}
              label={`${momentOf(gap.from_ms)} – ${momentOf(gap.to_ms)}`}
              hint={
                gap.grant === null ? t("seconds", { seconds: secondsOf(gap.to_ms - gap.from_ms) }) : t("grantedBefore")
              }
            />
          ))}
        </div>
      </fieldset>
    </DecisionForm>
  );
}
