"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { Confirm } from "@/components/ui/confirm";
import { api, take } from "@/lib/api";
import { useUser } from "@/lib/store";
import { useTimes } from "@/lib/time";
import { type Report, reportKey, type ReportItem } from "./use-report";

type LateItem = ReportItem & { late: NonNullable<ReportItem["late"]> };

/** What came after a lock. A teacher may let it count. */
export function LateCard({ report }: { report: Report }) {
  const t = useTranslations("report");
  const isTeacher = useUser().role !== "student";
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [isAsking, setAsking] = useState(false);
  const accept = useAccept(report.attempt.id);
  const late = report.items.filter((item): item is LateItem => item.late !== null);
  if (late.length === 0) return null;
  const toggle = (slot: string) =>
    setChosen((before) => (before.includes(slot) ? before.filter((other) => other !== slot) : [...before, slot]));
  return (
    <Card>
      <CardHead title={t("late")} about={t(isTeacher ? "lateAboutTeacher" : "lateAbout")}>
        {isTeacher && (
          <Button look="primary" disabled={chosen.length === 0} onClick={() => setAsking(true)}>
            {t("accept", { count: chosen.length })}
          </Button>
        )}
      </CardHead>
      <ul className="grid gap-2 px-5 pb-5">
        {late.map((item) => (
          <LateLine
            key={item.item.slot}
            line={item}
            isTeacher={isTeacher}
            isChosen={chosen.includes(item.item.slot)}
            onToggle={toggle}
          />
        ))}
      </ul>
      <Confirm
        open={isAsking}
        onOpenChange={setAsking}
        title={t("acceptTitle")}
        about={t("acceptAbout")}
        action={t("accept", { count: chosen.length })}
        onConfirm={async () => {
          await accept(chosen);
          setChosen([]);
          toast.success(t("accepted"));
        }}
      />
    </Card>
  );
}

interface LineProps {
  line: LateItem;
  isTeacher: boolean;
  isChosen: boolean;
  onToggle: (slot: string) => void;
}

function LateLine({ line, isTeacher, isChosen, onToggle }: LineProps) {
  const t = useTranslations("report");
  const times = useTimes();
  const { slot } = line.item;
  const text = t("lateItem", { slot, value: line.late.value || t("empty"), time: times.clock(line.late.saved_at) });
  return (
    <li className="flex items-start justify-between gap-4 text-sm">
      {isTeacher && !line.is_late_accepted ? (
        <label className="flex items-start gap-3">
          <input
            type="checkbox"
            className="mt-0.5 size-5 shrink-0 accent-accent"
            checked={isChosen}
            onChange={() => onToggle(slot)}
          />
          <span className="whitespace-pre-line">{text}</span>
        </label>
      ) : (
        <span className="whitespace-pre-line">{text}</span>
      )}
      <Badge tone={line.is_late_accepted ? "good" : "warn"}>
        {t(line.is_late_accepted ? "lateAccepted" : "lateWaiting")}
      </Badge>
    </li>
  );
}

function useAccept(attempt: string) {
  const queries = useQueryClient();
  return async (items: readonly string[]) => {
    const params = { path: { attempt_id: attempt } };
    const report = await take(
      api.POST("/api/v1/attempts/{attempt_id}/late-acceptances", { params, body: { items: [...items] } }),
    );
    if (report) queries.setQueryData<Report>(reportKey(attempt), report);
  };
}
