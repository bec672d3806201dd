"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useWords } from "@/lib/words";
import { index, one, percent, type Analysis } from "./analysis-rules";
import { ChartCard } from "./chart/chart-card";
import { binName, skillChart, type Chart, type Named } from "./chart/charts";

interface Props {
  analysis: Analysis;
  onItem: (slot: string) => void;
}

export function Charts({ analysis, onItem }: Props) {
  return (
    <div className="grid gap-5 lg:grid-cols-2">
      <Spread analysis={analysis} />
      <Sections sections={analysis.sections} />
      <Skills skills={analysis.skills} />
      <Items analysis={analysis} onItem={onItem} />
    </div>
  );
}

export function Spread({ analysis }: { analysis: Pick<Analysis, "spread"> }) {
  const t = useTranslations("analysis");
  const { bins, mean } = analysis.spread;
  const chart = useMemo<Chart>(() => ({ kind: "spread", bins }), [bins]);
  return (
    <ChartCard
      title={t("spread")}
      about={t("spreadAbout")}
      chart={chart}
      label={t("spreadLabel", { mean: one(mean) })}
      head={[t("axis.percent"), t("axis.students")]}
      rows={bins.map((count, at) => [binName(at), String(count)] as const)}
    />
  );
}

export function Sections({ sections }: { sections: Analysis["sections"] }) {
  const t = useTranslations("analysis");
  const common = useTranslations("common");
  const rows = useMemo(
    () => sections.map((it) => ({ name: common(`sections.${it.key}`), percent: it.percent })),
    [sections, common],
  );
  const chart = useMemo<Chart>(() => ({ kind: "bars", rows }), [rows]);
  return (
    <ChartCard
      title={t("sections")}
      about={t("sectionsAbout")}
      chart={chart}
      label={t("sectionsLabel", ends(rows))}
      head={[t("section"), t("axis.percent")]}
      rows={rows.map((row) => [row.name, `${one(row.percent)}%`] as const)}
    />
  );
}

export function Skills({ skills }: { skills: Analysis["skills"] }) {
  const t = useTranslations("analysis");
  const words = useWords();
  const rows = skills.map((it) => ({ name: words(it.name), percent: it.percent }));
  return (
    <ChartCard
      title={t("skills")}
      about={t("skillsAbout")}
      chart={skillChart(rows)}
      label={t("skillsLabel", ends(rows))}
      head={[t("skill"), t("axis.right")]}
      rows={skills.map((it) => [words(it.name), `${one(it.percent)}%`] as const)}
    />
  );
}

/** The best and the weakest, for the sentence that stands for the picture. */
function ends(rows: readonly Named[]): { best: string; weakest: string } {
  const sorted = [...rows].sort((a, b) => b.percent - a.percent);
  const tell = (row: Named | undefined) => (row ? `${row.name} ${Math.round(row.percent)}%` : "–");
  return { best: tell(sorted[0]), weakest: tell(sorted.at(-1)) };
}

function Items({ analysis, onItem }: Props) {
  const t = useTranslations("analysis");
  const { items } = analysis;
  const chart = useMemo<Chart>(() => ({ kind: "items", rows: items }), [items]);
  const weak = items.filter((row) => row.discrimination !== null && row.discrimination < 0.2).length;
  return (
    <ChartCard
      title={t("map")}
      about={t("mapAbout")}
      chart={chart}
      label={t("mapLabel", { count: items.length, weak })}
      head={[t("slot"), `${t("facility")} · ${t("discriminationShort")}`]}
      rows={items.map((row) => [row.slot, `${percent(row.facility)} · ${index(row.discrimination)}`] as const)}
      onChoose={onItem}
    />
  );
}
