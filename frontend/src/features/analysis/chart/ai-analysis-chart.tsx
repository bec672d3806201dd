"use client";

import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef } from "react";
import type { Chart } from "./charts";
import { init } from "./echarts";
import { type ChartWords, optionOf } from "./options";
import { pageColors, useShownTheme } from "./page-colors";

interface Props {
  chart: Chart;
  /** What the picture says in a sentence, for who cannot see it. */
  label: string;
  /** A point of the chart was chosen: the slot of an item, the place of a bar. */
  onChoose?: (name: string) => void;
}

/** A chart of the class. Fills its frame, follows its size, the theme and the wish for less motion. */
export function AIAnalysisChart({ chart, label, onChoose }: Props) {
  const words = useChartWords();
  const theme = useShownTheme();
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = frame;
    if (!current) return;
    const drawn = init(current, null, { renderer: "svg" });
    const draw = () => {
      const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      const font = getComputedStyle(current).fontFamily;
      const look = { colors: pageColors(), words, width: current.clientWidth, font, isStill };
      drawn.setOption(optionOf(chart, look), true);
    };
    draw();
    if (onChoose) drawn.on("click", ({ name }) => onChoose(name));
    const observer = new ResizeObserver(() => {
      drawn.resize();
      draw();
    });
    observer.observe(current);
    return () => {
      observer.disconnect();
      drawn.dispose();
    };
    // The theme is read from the page by `pageColors`.
  }, [chart, words, theme, onChoose]);
  return <div ref={frame} role="img" aria-label={label} data-chart={chart.kind} className="size-full" />;
}

function useChartWords(): ChartWords {
  const t = useTranslations("analysis");
  return useMemo(
    () => ({
      students: t("axis.students"),
      percent: t("axis.percent"),
      facility: t("facility"),
      discrimination: t("discrimination"),
      item: (slot: string) => t("item", { slot }),
    }),
    [t],
  );
}
