"use client";

import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef } from "react";
import { inTurn } from "@/lib/in-turn";
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
    let end = () => {};
    // Several charts come at once: each is drawn in a task of its own, and none keeps a click waiting for all.
    const takeBack = inTurn(() => {
      const drawn = init(current, null, { renderer: "svg" });
      let size = "";
      const draw = () => {
        const now = `${current.clientWidth} ${current.clientHeight}`;
        if (now === size) return; // what an observer says first
        size = now;
        const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
        const font = getComputedStyle(current).fontFamily;
        const look = { colors: pageColors(), words, width: current.clientWidth, font, isStill };
        drawn.resize();
        drawn.setOption(optionOf(chart, look), true);
      };
      draw();
      if (onChoose) drawn.on("click", ({ name }) => onChoose(name));
      const observer = new ResizeObserver(draw);
      observer.observe(current);
      end = () => {
        observer.disconnect();
        drawn.dispose();
      };
    });
    return () => {
      takeBack();
      end();
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
