"use client";

import { Radio, RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { SystemPages } from "@/components/shell/system-pages";
import { Card, CardHead } from "@/components/ui/card";
import { Loaded } from "@/components/ui/loaded";
import { PageHead } from "@/components/ui/page-head";
import { Skeleton } from "@/components/ui/skeleton";
import { Note } from "@/components/ui/states";
import { useTimes } from "@/lib/time";
import { Causes } from "./causes";
import { GoalRow } from "./goal-row";
import { type Board, byUrgency } from "./rules";
import { useBoard } from "./use-board";

export function PromisesPage() {
  const t = useTranslations("promises");
  const { query, isLive } = useBoard();
  const Icon = isLive ? Radio : RefreshCw;
  return (
    <>
      <PageHead
        title={t("title")}
        about={
          <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <span>{t("about")}</span>
            <Badge tone={isLive ? "good" : "plain"} role="status">
              <Icon className="size-3.5" aria-hidden />
              {isLive ? t("live") : t("polled")}
            </Badge>
          </span>
        }
      />
      <SystemPages />
      <Loaded query={query} skeleton={<Waiting />}>
        {(board) => (
          <div className="grid grid-cols-1 gap-6">
            <Verdict board={board} />
            <Card className="overflow-hidden">
              <ul className="divide-y divide-line">
                {byUrgency(board.goals).map((goal) => (
                  <GoalRow key={goal.name} goal={goal} at={board.at} />
                ))}
              </ul>
            </Card>
            <Benches board={board} />
            <Causes board={board} />
          </div>
        )}
      </Loaded>
    </>
  );
}

export function PromisesWaiting() {
  const t = useTranslations("promises");
  return (
    <>
      <PageHead title={t("title")} about={t("about")} />
      <Waiting />
    </>
  );
}

function Waiting() {
  return (
    <div aria-busy className="grid grid-cols-1 gap-6">
      <Skeleton className="h-12" />
      <Skeleton className="h-160" />
    </div>
  );
}

function Verdict({ board }: { board: Board }) {
  const t = useTranslations("promises");
  const { minutes } = board.summary;
  const broken = board.goals.filter((goal) => goal.is_kept === false);
  const isKnown = board.goals.some((goal) => goal.is_kept !== null);
  if (broken.length > 0) {
    const names = broken.map((goal) => t(`goals.${goal.name}`)).join(t("comma"));
    return <Note tone="bad">{t("someBroken", { count: broken.length, names })}</Note>;
  }
  return (
    <Note tone={isKnown ? "good" : "info"}>{isKnown ? t("allKept", { minutes }) : t("nothingYet", { minutes })}</Note>
  );
}

function Benches({ board }: { board: Board }) {
  const t = useTranslations("promises");
  const times = useTimes();
  return (
    <Card>
      <CardHead title={t("benchTitle")} about={t("benchAbout")} />
      <ul className="divide-y divide-line border-t border-line">
        {board.benches.map(({ name, figures, at }) => (
          <li key={name} className="grid gap-x-6 gap-y-1 px-5 py-3 sm:grid-cols-2">
            <span>
              <span className="mr-2 text-xs text-ink-faint tabular-nums">{name}</span>
              {t(`benches.${name}`)}
            </span>
            <span className="text-sm text-ink-soft tabular-nums">
              {at
                ? `${Object.entries(figures)
                    .map(([what, value]) => `${value} ${figureName(t, what)}`)
                    .join(" · ")} · ${t("benchAt", { at: times.day(at) })}`
                : t("benchNever")}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What the bench measures newly has its own word until it has one here. */
function figureName(t: ReturnType<typeof useTranslations<"promises">>, what: string): string {
  const key = `figures.${what}` as "figures.users";
  return t.has(key) ? t(key) : what;
}
