"use client";

import { useMutation } from "@tanstack/react-query";
import { BellOff, Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Schema } from "@/client/types";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ProblemNote } from "@/components/ui/states";
import { SilenceDialog } from "@/features/alerts/silence-dialog";
import { useFigure } from "@/features/alerts/use-figure";
import { useReread } from "@/features/alerts/use-reread";
import { api } from "@/lib/api";
import { useTimes } from "@/lib/time";
import { useWords } from "@/lib/words";

type Alert = Schema<"AlertOut">;

const tones: Record<Alert["level"], Tone> = { info: "plain", warning: "warn", error: "bad", critical: "bad" };

export function AlertItem({ alert }: { alert: Alert }) {
  const t = useTranslations("alerts");
  const words = useWords();
  const figure = useFigure();
  const isOpen = alert.state === "open";
  return (
    <li className="grid grid-cols-1 gap-3 px-5 py-4 sm:grid-cols-[1fr_auto] sm:gap-6">
      <div className="grid min-w-0 content-start gap-1.5">
        <h2 className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          <Badge tone={isOpen ? tones[alert.level] : "plain"}>{t(`levels.${alert.level}`)}</Badge>
          {words(alert.title)}
          {alert.subject && <span className="font-mono text-sm font-normal text-ink-soft">{alert.subject}</span>}
        </h2>
        <p className="text-sm">{words(alert.noticed)}</p>
        <p className="text-sm text-ink-soft">
          {words(alert.cause)}{" "}
          <span className="tabular-nums">
            {t("nowAndLimit", { now: figure(alert.value, alert.unit), limit: figure(alert.limit, alert.unit) })}
          </span>
        </p>
        {alert.figures && <p className="font-mono text-xs break-words text-ink-faint">{alert.figures}</p>}
        <Standing alert={alert} />
        <p className="text-sm text-ink-soft">
          {t("whatToDo")} <code className="break-all">{alert.runbook}</code>
        </p>
      </div>
      {isOpen && <Buttons alert={alert} />}
    </li>
  );
}

function Standing({ alert }: { alert: Alert }) {
  const t = useTranslations("alerts");
  const times = useTimes();
  return (
    <p className="text-sm text-ink-faint">
      {t("since", { at: times.second(alert.since) })}
      {alert.closed_at && ` · ${t("until", { at: times.second(alert.closed_at) })}`}
      {` · ${t(alert.told ? "told" : "notTold")}`}
      {alert.because_of && ` · ${t("becauseOf", { rule: alert.because_of })}`}
      {alert.acknowledged_by && ` · ${t("acknowledgedBy", { name: alert.acknowledged_by })}`}
    </p>
  );
}

function Buttons({ alert }: { alert: Alert }) {
  const t = useTranslations("alerts");
  const words = useWords();
  const reread = useReread("/api/v1/alerts");
  const [isSilencing, setSilencing] = useState(false);
  const acknowledging = useMutation({
    mutationFn: () =>
      api.POST("/api/v1/alerts/{alert_id}/acknowledgements", { params: { path: { alert_id: alert.id } } }),
    onSuccess: reread,
  });
  const title = words(alert.title);
  return (
    <div className="flex flex-wrap content-start gap-2 sm:justify-end">
      {!alert.acknowledged_at && (
        <Button
          size="sm"
          aria-label={t("acknowledgeThis", { title })}
          onClick={() => acknowledging.mutate()}
          isBusy={acknowledging.isPending}
        >
          <Check aria-hidden />
          {t("acknowledge")}
        </Button>
      )}
      <Button size="sm" aria-label={t("silenceThis", { title })} onClick={() => setSilencing(true)}>
        <BellOff aria-hidden />
        {t("silence")}
      </Button>
      <ProblemNote error={acknowledging.error} className="basis-full" />
      <SilenceDialog
        rule={alert.rule}
        title={t("silenceThis", { title })}
        open={isSilencing}
        onOpenChange={setSilencing}
      />
    </div>
  );
}
