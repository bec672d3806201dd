"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Card } from "@/components/ui/card";
import { MonitorLater, WorkflowLater } from "../later";
import { PublishCard } from "../publish-card";
import type { Run, StageName } from "../types";
import { StageList } from "./stage-list";

/** How far it is: the list is first for a thumb and for a reader that hears; the graph says the same as a picture. */
export function Overview({ run, onTab }: { run: Run; onTab: (name: string) => void }) {
  const t = useTranslations("run");
  const [chosen, setChosen] = useState<StageName | null>(null);
  const stage = run.stages.find(({ name }) => name === (chosen ?? run.stage)) ?? run.stages[0];
  return (
    <div className="grid grid-cols-1 gap-5">
      <PublishCard run={run} />
      <div className="grid grid-cols-1 gap-5 lg:grid-cols-[20rem_minmax(0,1fr)]">
        <Card className="self-start overflow-hidden">
          <StageList run={run} chosen={stage?.name ?? null} onChoose={setChosen} onTab={onTab} />
        </Card>
        <Card className="overflow-hidden" aria-label={t("graph")}>
          <WorkflowLater run={run} chosen={stage?.name ?? null} onChoose={setChosen} />
        </Card>
      </div>
      {stage && <MonitorLater stage={stage} />}
    </div>
  );
}
