"use client";

import { useTranslations } from "next-intl";
import { isScript } from "@/components/paper/slots";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { useTimes } from "@/lib/time";
import { formatLate, type LateValue } from "./late";
import type { ReportItem } from "./use-report";

interface Props {
  line: ReportItem;
  chosen: LateValue | undefined;
  /** Null where one may only look. */
  decide: { onChoose: (value: LateValue) => void; onWithdraw: () => void } | null;
}

/** One item: what was on time, then every late value with how late it was. */
export function LateItem({ line, chosen, decide }: Props) {
  const t = useTranslations("report");
  const { slot } = line.item;
  const isText = isScript(slot);
  const name = useItemName()(slot);
  return (
    <li className="grid gap-2 border-t border-line pt-4 first:border-t-0 first:pt-0">
      <h3 className="flex flex-wrap items-baseline gap-x-3 text-sm font-semibold">
        {name}
        {!(isText && line.answer) && (
          <span className="font-normal text-ink-faint">
            {line.answer ? t("onTime", { value: line.answer }) : t("onTimeNothing")}
          </span>
        )}
      </h3>
      {isText && line.answer && (
        <details className="text-sm">
          <summary className="text-ink-soft">{t("onTimeText")}</summary>
          <Text text={line.answer} />
        </details>
      )}
      <ul className="grid gap-2">
        {line.late.map((value) => (
          <Value
            key={value.id}
            name={name}
            value={value}
            isText={isText}
            isChosen={chosen?.id === value.id}
            decide={decide}
          />
        ))}
      </ul>
    </li>
  );
}

/** "第 1 题", "作文". */
export function useItemName(): (slot: string) => string {
  const t = useTranslations("report");
  return (slot) => (isScript(slot) ? t(`scriptNames.${slot === "W" ? "W" : "T"}`) : t("question", { slot }));
}

interface ValueProps {
  name: string;
  value: LateValue;
  isText: boolean;
  isChosen: boolean;
  decide: Props["decide"];
}

function Value({ name, value, isText, isChosen, decide }: ValueProps) {
  const t = useTranslations("report");
  const times = useTimes();
  const late = t("lateBy", { time: formatLate(value.late_ms) });
  return (
    <li
      className={cn(
        "grid gap-2 rounded-control border border-line px-3 py-2.5 text-sm",
        isChosen && "border-accent bg-accent-soft",
        value.is_accepted && "border-good bg-good-soft",
      )}
    >
      <div className="flex items-center gap-3">
        {decide && !value.is_accepted && (
          <input
            type="checkbox"
            aria-label={t("chooseLate", { name, time: formatLate(value.late_ms) })}
            className="size-5 shrink-0 accent-accent"
            checked={isChosen}
            onChange={() => decide.onChoose(value)}
          />
        )}
        {!isText && <strong className="min-w-6 text-base">{value.value || t("empty")}</strong>}
        <span className="flex flex-wrap gap-x-3 tabular-nums">
          <span className="font-medium text-warn">{late}</span>
          <span className="text-ink-faint">{t("arrived", { time: times.second(value.saved_at) })}</span>
        </span>
        <span className="ml-auto flex shrink-0 items-center gap-1">
          <Badge tone={value.is_accepted ? "good" : "plain"}>
            {t(value.is_accepted ? "lateAccepted" : "lateWaiting")}
          </Badge>
          {decide && value.is_accepted && (
            <Button look="quiet" size="sm" onClick={decide.onWithdraw}>
              {t("withdraw")}
            </Button>
          )}
        </span>
      </div>
      {isText && <Text text={value.value || t("empty")} />}
      <Decisions value={value} />
    </li>
  );
}

function Text({ text }: { text: string }) {
  return (
    <p lang="en" className="max-h-48 overflow-y-auto font-reading leading-relaxed whitespace-pre-line">
      {text}
    </p>
  );
}

/** Who let it count and who took that back, for everybody to see. */
function Decisions({ value }: { value: LateValue }) {
  const t = useTranslations("report");
  const times = useTimes();
  if (value.acceptances.length === 0) return null;
  return (
    <ul className="grid gap-0.5 text-xs text-ink-soft">
      {value.acceptances.map(({ by, at, withdrawn_by, withdrawn_at }) => (
        <li key={at}>
          {t("acceptedBy", { by, time: times.moment(at) })}
          {withdrawn_at && t("withdrawnBy", { by: withdrawn_by, time: times.moment(withdrawn_at) })}
        </li>
      ))}
    </ul>
  );
}
