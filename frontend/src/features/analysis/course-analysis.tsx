"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Card, CardHead } from "@/components/ui/card";
import { Loaded } from "@/components/ui/loaded";
import { Skeleton } from "@/components/ui/skeleton";
import { Link } from "@/i18n/navigation";
import { $api } from "@/lib/api";
import { usePathId } from "@/lib/path";
import { useWords } from "@/lib/words";
import type { Schema } from "@/client/types";
import { one, percent } from "./analysis-rules";
import { Sections, Skills } from "./charts";
import { ChartCard } from "./chart/chart-card";
import type { Chart } from "./chart/charts";

type Course = Schema<"CourseAnalysis">;

/** The whole course: how it moves, what it can do, and what it fails at. Nothing while nothing is done. */
export function CourseAnalysis() {
  const id = usePathId();
  return id === null ? <Waiting /> : <AnalysisOf course_id={Number(id)} />;
}

function AnalysisOf({ course_id }: { course_id: number }) {
  const params = { path: { course_id } };
  const query = $api.useQuery("get", "/api/v1/courses/{course_id}/analysis", { params });
  return (
    <Loaded query={query} skeleton={<Waiting />}>
      {(course) => (course.trend.length > 0 ? <Charts course={course} /> : null)}
    </Loaded>
  );
}

function Charts({ course }: { course: Course }) {
  return (
    <div className="grid gap-5 lg:grid-cols-2">
      <Trend trend={course.trend} />
      <Sections sections={course.sections} />
      {course.skills.length > 0 && <Skills skills={course.skills} />}
      {course.weakest.length > 0 && <Weakest items={course.weakest} />}
    </div>
  );
}

function Trend({ trend }: { trend: Course["trend"] }) {
  const t = useTranslations("analysis");
  const rows = useMemo(() => trend.map(({ title, percent: value }) => ({ name: title, percent: value })), [trend]);
  const chart = useMemo<Chart>(() => ({ kind: "trend", rows }), [rows]);
  const last = rows.at(-1);
  return (
    <ChartCard
      title={t("trend")}
      about={t("trendAbout")}
      chart={chart}
      label={t("trendLabel", { count: rows.length, last: last ? `${last.name} ${one(last.percent)}%` : "–" })}
      head={[t("assignment"), t("mean")]}
      rows={rows.map((row) => [row.name, `${one(row.percent)}%`] as const)}
    />
  );
}

function Weakest({ items }: { items: Course["weakest"] }) {
  const t = useTranslations("analysis");
  const words = useWords();
  return (
    <Card className="overflow-hidden">
      <CardHead title={t("weakest")} about={t("weakestAbout")} />
      <ol className="max-h-64 divide-y divide-line overflow-y-auto border-t border-line">
        {items.map((item) => (
          <li key={`${item.assignment}-${item.slot}`}>
            <Link
              href={`/analysis/${item.assignment}?item=${item.slot}`}
              prefetch={false}
              className="flex items-center gap-4 px-5 py-2.5 text-sm hover:bg-sunken/60"
            >
              <span className="min-w-0 flex-1">
                <span className="font-medium">{t("item", { slot: item.slot })}</span>{" "}
                <span className="text-ink-faint">{item.title}</span>
                {item.top_wrong?.trap && (
                  <span className="block truncate text-xs text-ink-faint">
                    {t("mistakenFor", { letter: item.top_wrong.letter, trap: words(item.top_wrong.trap) })}
                  </span>
                )}
              </span>
              <span className="font-semibold tabular-nums">{percent(item.facility)}</span>
            </Link>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Waiting() {
  return (
    <div aria-busy className="grid gap-5 lg:grid-cols-2">
      <Skeleton className="h-84" />
      <Skeleton className="h-84" />
      <Skeleton className="h-84" />
      <Skeleton className="h-84" />
    </div>
  );
}
