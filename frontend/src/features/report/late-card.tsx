"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "@/lib/toast";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { Confirm } from "@/components/ui/confirm";
import { useUser } from "@/lib/store";
import { type Chosen, lateItems, toggled } from "./late";
import { LateItem, useItemName } from "./late-item";
import { useLateDecisions } from "./use-late-decisions";
import type { Report } from "./use-report";

/** What came after a lock. A teacher may let one value of each item count, and take that back. */
export function LateCard({ report }: { report: Report }) {
  const t = useTranslations("report");
  const isTeacher = useUser().role !== "student";
  const [chosen, setChosen] = useState<Chosen>(new Map());
  const [isAsking, setAsking] = useState(false);
  const [withdrawing, setWithdrawing] = useState<string | null>(null);
  const nameOf = useItemName();
  const { accept, withdraw } = useLateDecisions(report.attempt.id);
  const items = lateItems(report);
  if (items.length === 0) return null;
  const action = chosen.size === 0 ? t("acceptNone") : t("accept", { count: chosen.size });
  return (
    <Card>
      <CardHead title={t("late")} about={t(isTeacher ? "lateAboutTeacher" : "lateAbout")}>
        {isTeacher && (
          <Button look="primary" disabled={chosen.size === 0} onClick={() => setAsking(true)}>
            {action}
          </Button>
        )}
      </CardHead>
      <ul className="grid gap-4 px-5 pb-5">
        {items.map((line) => (
          <LateItem
            key={line.item.slot}
            line={line}
            chosen={chosen.get(line.item.slot)}
            decide={
              isTeacher
                ? {
                    onChoose: (value) => setChosen((before) => toggled(before, line.item.slot, value)),
                    onWithdraw: () => setWithdrawing(line.item.slot),
                  }
                : null
            }
          />
        ))}
      </ul>
      <Confirm
        open={isAsking}
        onOpenChange={setAsking}
        title={t("acceptTitle")}
        about={t("acceptAbout", {
          items: items.flatMap(({ item }) => (chosen.has(item.slot) ? [nameOf(item.slot)] : [])).join(t("listComma")),
        })}
        action={action}
        onConfirm={async () => {
          await accept(chosen);
          setChosen(new Map());
          toast.success(t("accepted"));
        }}
      />
      <Confirm
        open={withdrawing !== null}
        onOpenChange={() => setWithdrawing(null)}
        title={t("withdrawTitle")}
        about={t("withdrawAbout")}
        action={t("withdraw")}
        onConfirm={async () => {
          if (withdrawing !== null) await withdraw(withdrawing);
          toast.success(t("withdrawn"));
        }}
      />
    </Card>
  );
}
