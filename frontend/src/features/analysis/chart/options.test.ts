import { describe, expect, it } from "vitest";
import { binName, skillChart, type Chart } from "./charts";
import { optionOf, toneOf, type Colors } from "./options";

const colors: Colors = {
  accent: "accent",
  soft: "soft",
  ink: "ink",
  faint: "faint",
  line: "line",
  surface: "surface",
  good: "good",
  warn: "warn",
  bad: "bad",
};
const words = {
  students: "人数",
  percent: "得分率",
  facility: "答对率",
  discrimination: "区分度",
  item: (slot: string) => `第 ${slot} 题`,
};

interface Drawn {
  animation: boolean;
  textStyle: { fontFamily: string };
  radar: { indicator: { name: string; max: number }[]; radius: string };
  xAxis: { data: string[] };
  yAxis: { data: string[]; min: number };
  series: { type: string; data: unknown[] }[];
  tooltip: { formatter: (at: unknown) => string };
}

function drawn(chart: Chart, change: Partial<Parameters<typeof optionOf>[1]> = {}): Drawn {
  return optionOf(chart, { colors, words, width: 500, font: "Serif", isStill: false, ...change }) as unknown as Drawn;
}

const rows = [
  { name: "听力", percent: 39.9 },
  { name: "阅读", percent: 59 },
  { name: "写作", percent: 60 },
];

describe("a chart", () => {
  it("of the distribution has ten bars as they were counted", () => {
    const bins = [1, 0, 2, 0, 0, 5, 0, 0, 0, 3];
    const option = drawn({ kind: "spread", bins });
    expect(option.series[0]).toMatchObject({ type: "bar", data: bins });
    expect(option.xAxis.data[0]).toBe("0–10%");
    expect(option.xAxis.data[9]).toBe("90–100%");
  });

  it("of bars reads from the top, each in the colour of its height", () => {
    const option = drawn({ kind: "bars", rows });
    expect(option.yAxis.data).toEqual(["写作", "阅读", "听力"]);
    expect(option.series[0]?.data).toEqual([
      { value: 60, itemStyle: { color: "accent" } },
      { value: 59, itemStyle: { color: "warn" } },
      { value: 39.9, itemStyle: { color: "bad" } },
    ]);
  });

  it("of skills says each figure beside its axis, and is smaller on a phone", () => {
    const option = drawn({ kind: "radar", rows });
    expect(option.radar.indicator.map(({ name }) => name)).toEqual(["听力\n40%", "阅读\n59%", "写作\n60%"]);
    expect(option.series[0]?.data).toEqual([{ value: [39.9, 59, 60] }]);
    expect(drawn({ kind: "radar", rows }, { width: 300 }).radar.radius).not.toBe(option.radar.radius);
  });

  it("of items leaves out what has no discrimination, and makes room for what is below nothing", () => {
    const items = [
      { slot: "1", facility: 0.5, discrimination: 0.4 },
      { slot: "2", facility: 0.6, discrimination: -0.25 },
      { slot: "3", facility: 0.7, discrimination: 0.1 },
      { slot: "4", facility: 0.8, discrimination: null },
    ];
    const option = drawn({ kind: "items", rows: items });
    expect(option.series[0]?.data).toMatchObject([
      { name: "1", value: [0.5, 0.4], itemStyle: { color: "accent" } },
      { name: "2", value: [0.6, -0.25], itemStyle: { color: "bad" } },
      { name: "3", value: [0.7, 0.1], itemStyle: { color: "warn" } },
    ]);
    expect(option.yAxis.min).toBeCloseTo(-0.4);
    expect(option.tooltip.formatter({ name: "2", value: [0.6, -0.25] })).toBe("第 2 题<br>答对率 0.6<br>区分度 -0.25");
  });

  it("does not move for who wants no motion, and is measured in a font that a canvas knows", () => {
    const chart: Chart = { kind: "trend", rows };
    expect(drawn(chart).animation).toBe(true);
    expect(drawn(chart, { isStill: true }).animation).toBe(false);
    expect(drawn(chart).textStyle.fontFamily).toBe("Serif");
  });
});

it("skills are a radar as long as its axes can be read", () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => ({ name: String(at), percent: at }));
  expect([2, 3, 10, 11].map((count) => skillChart(many(count)).kind)).toEqual(["bars", "radar", "radar", "bars"]);
});

it.each([
  [39.9, "bad"],
  [40, "warn"],
  [59.9, "warn"],
  [60, "accent"],
])("%f per cent is %s", (percent, tone) => expect(toneOf(percent, colors)).toBe(tone));

it("names ten bins", () => expect(binName(3)).toBe("30–40%"));
