/** What ECharts is told, from what is shown and the colours of the page: pure, and tested as such. */
import type { EChartsCoreOption } from "echarts/core";
import { binName, type Chart, type Named } from "./charts";

export interface Colors {
  accent: string;
  soft: string;
  ink: string;
  faint: string;
  line: string;
  surface: string;
  good: string;
  warn: string;
  bad: string;
}

/** Words of the axes, in the reader's language. */
export interface ChartWords {
  students: string;
  percent: string;
  facility: string;
  discrimination: string;
  item: (slot: string) => string;
}

interface Look {
  colors: Colors;
  words: ChartWords;
  /** Pixels of the frame. */
  width: number;
  /** Names of fonts: text is measured on a canvas, which knows no "inherit". */
  font: string;
  isStill: boolean;
}

export function optionOf(chart: Chart, look: Look): EChartsCoreOption {
  return { ...frame(look), ...bodyOf(chart, look) };
}

function bodyOf(chart: Chart, look: Look): EChartsCoreOption {
  switch (chart.kind) {
    case "spread":
      return spread(chart.bins, look);
    case "bars":
      return bars(chart.rows, look);
    case "radar":
      return radar(chart.rows, look);
    case "trend":
      return trend(chart.rows, look);
    case "items":
      return items(chart.rows, look);
  }
}

function frame({ colors, font, isStill }: Look): EChartsCoreOption {
  return {
    animation: !isStill,
    animationDuration: 300,
    // The frame around the chart names it, and the table beside it says the same: the drawing itself is silent.
    aria: { enabled: false },
    textStyle: { fontFamily: font, color: colors.ink },
    grid: { left: 8, right: 16, top: 24, bottom: 8, containLabel: true },
    tooltip: tip(colors),
  };
}

function tip(colors: Colors) {
  const textStyle = { color: colors.ink, fontSize: 13 };
  return { confine: true, backgroundColor: colors.surface, borderColor: colors.line, textStyle };
}

function spread(bins: readonly number[], { colors, words }: Look): EChartsCoreOption {
  return {
    xAxis: category(
      bins.map((_, at) => binName(at)),
      colors,
      { boundaryGap: true },
    ),
    yAxis: value(colors, { name: words.students, minInterval: 1 }),
    series: [
      {
        type: "bar",
        data: [...bins],
        barCategoryGap: "12%",
        itemStyle: { color: colors.accent, borderRadius: [3, 3, 0, 0] },
        label: { show: true, position: "top", color: colors.ink, formatter: blankZero },
        tooltip: {
          formatter: ({ dataIndex, value: count }: Pointed) => `${binName(dataIndex)}<br>${words.students} ${count}`,
        },
      },
    ],
    tooltip: tip(colors),
  };
}

interface Pointed {
  dataIndex: number;
  value: number;
}

function blankZero({ value: count }: { value: number }): string {
  return count === 0 ? "" : String(count);
}

function bars(rows: readonly Named[], { colors }: Look): EChartsCoreOption {
  // Drawn from the bottom up, so the first row is put last.
  const upward = [...rows].reverse();
  return {
    xAxis: value(colors, { max: 100, interval: 50, formatter: "{value}%" }),
    yAxis: category(
      upward.map(({ name }) => name),
      colors,
      {},
    ),
    series: [
      {
        type: "bar",
        data: upward.map(({ percent }) => ({ value: percent, itemStyle: { color: toneOf(percent, colors) } })),
        barMaxWidth: 18,
        itemStyle: { borderRadius: [0, 3, 3, 0] },
        label: { show: true, position: "right", color: colors.ink, formatter: "{c}%" },
      },
    ],
    grid: { left: 8, right: 52, top: 8, bottom: 8, containLabel: true },
  };
}

/** Below 60 % a class has something to learn, below 40 % to begin with. */
export function toneOf(percent: number, colors: Colors): string {
  if (percent < 40) return colors.bad;
  return percent < 60 ? colors.warn : colors.accent;
}

function radar(rows: readonly Named[], { colors, width }: Look): EChartsCoreOption {
  return {
    radar: {
      indicator: rows.map(({ name, percent }) => ({ name: `${name}\n${Math.round(percent)}%`, max: 100 })),
      radius: width < 380 ? "52%" : "62%",
      splitNumber: 4,
      axisName: { color: colors.soft, fontSize: 12, lineHeight: 16 },
      axisLine: { lineStyle: { color: colors.line } },
      splitLine: { lineStyle: { color: colors.line } },
      splitArea: { show: false },
    },
    series: [
      {
        type: "radar",
        symbolSize: 5,
        data: [{ value: rows.map(({ percent }) => percent) }],
        lineStyle: { color: colors.accent, width: 2 },
        itemStyle: { color: colors.accent },
        areaStyle: { color: colors.accent, opacity: 0.16 },
      },
    ],
    tooltip: { show: false },
  };
}

function trend(rows: readonly Named[], { colors, words }: Look): EChartsCoreOption {
  return {
    xAxis: category(
      rows.map(({ name }) => name),
      colors,
      { boundaryGap: true, width: 90 },
    ),
    yAxis: value(colors, { max: 100, name: words.percent, formatter: "{value}%" }),
    series: [
      {
        type: "line",
        data: rows.map(({ percent }) => percent),
        symbolSize: 8,
        lineStyle: { color: colors.accent, width: 2 },
        itemStyle: { color: colors.accent },
        label: { show: true, color: colors.ink, formatter: "{c}%" },
      },
    ],
  };
}

type ItemPoint = Extract<Chart, { kind: "items" }>["rows"][number];

function items(rows: readonly ItemPoint[], { colors, words }: Look): EChartsCoreOption {
  const points = rows.filter((row) => row.discrimination !== null);
  const lowest = Math.floor(Math.min(0, ...points.map((row) => row.discrimination ?? 0)) * 5) / 5;
  return {
    xAxis: { ...value(colors, { max: 1 }), name: words.facility, nameLocation: "middle", nameGap: 28 },
    yAxis: value(colors, { name: words.discrimination, min: lowest, max: 1 }),
    series: [
      {
        type: "scatter",
        symbolSize: 11,
        data: points.map((row) => ({
          name: row.slot,
          value: [row.facility, row.discrimination],
          itemStyle: { color: pointTone(row, colors), opacity: 0.8 },
        })),
      },
    ],
    grid: { left: 8, right: 20, top: 28, bottom: 28, containLabel: true },
    tooltip: {
      ...tip(colors),
      formatter: ({ name, value: at }: { name: string; value: [number, number] }) =>
        `${words.item(name)}<br>${words.facility} ${at[0]}<br>${words.discrimination} ${at[1]}`,
    },
  };
}

function pointTone({ discrimination }: ItemPoint, colors: Colors): string {
  if (discrimination === null || discrimination < 0) return colors.bad;
  return discrimination < 0.2 ? colors.warn : colors.accent;
}

function category(data: readonly string[], colors: Colors, more: { boundaryGap?: boolean; width?: number }) {
  const { width, ...rest } = more;
  return {
    type: "category",
    data: [...data],
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colors.line } },
    axisLabel: { color: colors.soft, fontSize: 12, ...(width ? { width, overflow: "truncate" } : {}) },
    ...rest,
  };
}

interface ValueAxis {
  name?: string;
  min?: number;
  max?: number;
  interval?: number;
  minInterval?: number;
  formatter?: string;
}

function value(colors: Colors, { formatter, ...rest }: ValueAxis) {
  return {
    type: "value",
    min: 0,
    axisLine: { show: false },
    axisTick: { show: false },
    nameTextStyle: { color: colors.faint, fontSize: 12 },
    axisLabel: { color: colors.faint, fontSize: 12, ...(formatter ? { formatter } : {}) },
    splitLine: { lineStyle: { color: colors.line } },
    ...rest,
  };
}
