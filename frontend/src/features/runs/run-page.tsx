"use client";

import { useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { Loaded } from "@/components/ui/loaded";
import { Skeleton } from "@/components/ui/skeleton";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import { usePathId } from "@/lib/path";
import { Overview } from "./flow/overview";
import { AnalysisLater, CriteriaLater, PlanLater, QuestionsLater, TraceLater } from "./later";
import { RunHead } from "./run-head";
import type { Run } from "./types";
import { useRun } from "./use-run";

export function RunPage() {
  const id = usePathId();
  return id === null ? <RunWaiting /> : <RunOf run_id={Number(id)} />;
}

function RunOf({ run_id }: { run_id: number }) {
  const { query, isLive } = useRun(run_id);
  return (
    <Loaded query={query} isPage skeleton={<RunWaiting />}>
      {(run) => (
        <>
          <RunHead run={run} isLive={isLive} />
          <Parts run={run} />
        </>
      )}
    </Loaded>
  );
}

const TABS = ["flow", "analysis", "plan", "questions", "criteria", "trace"] as const;
type TabName = (typeof TABS)[number];

/** Parts that were opened stay as they are while others are looked at: what is being changed there is not lost. */
function Parts({ run }: { run: Run }) {
  const t = useTranslations("run");
  const asked = useSearchParams().get("tab");
  const tab = TABS.find((name) => name === asked) ?? "flow";
  const [opened, setOpened] = useState<readonly TabName[]>([]);
  if (!opened.includes(tab)) setOpened([...opened, tab]);
  const show = (name: string) => window.history.replaceState(null, "", `?tab=${name}`);
  return (
    <Tabs value={tab} onValueChange={show}>
      <TabList className="print:hidden">
        {TABS.map((name) => (
          <Tab key={name} value={name} disabled={!isThere(run, name)} className="disabled:opacity-50">
            {t(`tabs.${name}`)}
          </Tab>
        ))}
      </TabList>
      {TABS.filter((name) => opened.includes(name)).map((name) => (
        <TabPanel key={name} value={name} forceMount hidden={name !== tab}>
          <Part run={run} name={name} onTab={show} />
        </TabPanel>
      ))}
    </Tabs>
  );
}

function Part({ run, name, onTab }: { run: Run; name: TabName; onTab: (name: string) => void }) {
  switch (name) {
    case "flow":
      return <Overview run={run} onTab={onTab} />;
    case "analysis":
      return <AnalysisLater run={run} />;
    case "plan":
      return <PlanLater run={run} />;
    case "questions":
      return <QuestionsLater run={run} />;
    case "criteria":
      return <CriteriaLater run={run} />;
    case "trace":
      return <TraceLater run={run} />;
  }
}

function isThere(run: Run, name: TabName): boolean {
  if (name === "flow") return true;
  const of = name === "trace" ? "analysis" : name;
  return run.stages.some((stage) => stage.name === of && stage.draft !== null);
}

export function RunWaiting() {
  return (
    <div aria-busy className="grid gap-5">
      <Skeleton className="h-16" />
      <Skeleton className="h-11" />
      <Skeleton className="h-96" />
      <Skeleton className="h-72" />
    </div>
  );
}
