"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card, CardHead } from "@/components/ui/card";
import type { Chart } from "./charts";
import { LazyChart } from "./lazy-chart";

interface Props {
  title: string;
  about?: ReactNode;
  chart: Chart;
  /** The picture in a sentence. */
  label: string;
  /** The same figures as text: name and value of each row. */
  rows: readonly (readonly [string, string])[];
  head: readonly [string, string];
  onChoose?: (name: string) => void;
}

/** A chart with its figures beside it. */
export function ChartCard({ title, about, chart, label, rows, head, onChoose }: Props) {
  const t = useTranslations("analysis");
  return (
    <Card className="flex flex-col">
      <CardHead title={title} about={about} />
      <div className="grid flex-1 gap-x-4 gap-y-3 px-5 pb-5 sm:grid-cols-[minmax(0,1fr)_11rem]">
        <div className="h-64 min-w-0">
          <LazyChart chart={chart} label={label} {...(onChoose ? { onChoose } : {})} />
        </div>
        <div className="max-h-64 overflow-y-auto" tabIndex={0} role="region" aria-label={t("figuresOf", { title })}>
          <table className="w-full text-sm">
            <thead className="sticky top-0 bg-surface">
              <tr className="text-left text-xs text-ink-faint">
                <th scope="col" className="pb-1 font-medium">
                  {head[0]}
                </th>
                <th scope="col" className="pb-1 text-right font-medium">
                  {head[1]}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(([name, value]) => (
                <tr key={name} className="border-t border-line">
                  <th scope="row" className="py-1 pr-2 text-left font-normal text-ink-soft">
                    {name}
                  </th>
                  <td className="py-1 text-right whitespace-nowrap tabular-nums">{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </Card>
  );
}
