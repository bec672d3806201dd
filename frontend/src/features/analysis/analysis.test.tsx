import { screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Schema } from "@/client/types";
import { AnalysisPage } from "@/features/analysis/analysis-page";
import { teacher } from "@/test/people";
import { ok, onApi } from "@/test/server";
import { show } from "@/test/show";
import { anItemRow, anItemView } from "@/test/things";

/** jsdom draws nothing: what the chart is given is looked at in `options.test.ts`. */
vi.mock("@/features/analysis/chart/lazy-chart", () => ({
  LazyChart: ({ label }: { label: string }) => <div role="img" aria-label={label} />,
}));

const asked = vi.hoisted(() => ({ item: null as string | null }));
vi.mock("next/navigation", () => ({
  useSearchParams: () => new URLSearchParams(asked.item ? { item: asked.item } : {}),
}));

function anAnalysis(change: Partial<Schema<"AssignmentAnalysis">> = {}): Schema<"AssignmentAnalysis"> {
  return {
    about: anItemView().about,
    students: 40,
    sat: 36,
    waiting_scripts: 0,
    caution: null,
    spread: {
      students: 36,
      mean: 59.2,
      median: 61,
      deviation: 22.8,
      lowest: 13.6,
      highest: 96.4,
      bins: [0, 3, 1, 5, 3, 6, 2, 9, 4, 3],
    },
    sections: [
      { key: "reading-b", percent: 70.3, mean_raw: 7, raw_of: 10, students: 36 },
      { key: "reading-c", percent: 49.2, mean_raw: 10, raw_of: 20, students: 36 },
    ],
    skills: [{ skill: "detail", name: { zh: "细节理解", en: "Detail" }, correct: 50, answers: 100, percent: 50 }],
    items: [anItemRow(), anItemRow({ slot: "47", flags: ["negative"], discrimination: -0.1, facility: 0.2 })],
    ...change,
  };
}

beforeEach(() => {
  asked.item = null;
  window.history.replaceState(null, "", "/analysis/7");
});

describe("how a class did", () => {
  it("is told in figures, in pictures with a sentence each, and in tables with the same figures", async () => {
    onApi("get", "/assignments/7/analysis", () => ok(anAnalysis()));
    show(<AnalysisPage />, { me: teacher });
    expect(await screen.findByText("36 / 40")).toBeVisible();
    expect(screen.getByRole("img", { name: /全班平均得分率 59.2%/ })).toBeVisible();
    expect(screen.getByRole("img", { name: /最好：阅读 B 段落匹配 70%；最弱：阅读 C 仔细阅读 49%/ })).toBeVisible();
    const figures = screen.getByRole("region", { name: "成绩分布的数据" });
    expect(within(figures).getByRole("row", { name: "70–80% 9" })).toBeVisible();
    const sections = screen.getByRole("region", { name: "各题型得分率的数据" });
    expect(within(sections).getByRole("row", { name: "阅读 C 仔细阅读 49.2%" })).toBeVisible();
  });

  it("shows only the items that need a word", async () => {
    onApi("get", "/assignments/7/analysis", () => ok(anAnalysis()));
    const { user } = show(<AnalysisPage />, { me: teacher });
    expect(await screen.findByRole("button", { name: "查看第 46 题" })).toBeVisible();
    await user.click(screen.getByLabelText("只看要讲的（1）"));
    expect(screen.queryByRole("button", { name: "查看第 46 题" })).not.toBeInTheDocument();
    expect(screen.getByText("区分度为负")).toBeVisible();
  });

  it("warns of few students and of scripts that are not counted yet", async () => {
    const caution = { zh: "只有 12 人完成。", en: "Only 12." };
    onApi("get", "/assignments/7/analysis", () => ok(anAnalysis({ caution, waiting_scripts: 12 })));
    show(<AnalysisPage />, { me: teacher });
    expect(await screen.findByText("只有 12 人完成。")).toBeVisible();
    expect(screen.getByRole("link", { name: "去批改" })).toHaveAttribute("href", "/marking?assignment=7");
  });

  it("says so where nobody has finished, and shows no empty charts", async () => {
    onApi("get", "/assignments/7/analysis", () => ok(anAnalysis({ sat: 0 })));
    show(<AnalysisPage />, { me: teacher });
    expect(await screen.findByText("还没有人完成")).toBeVisible();
    expect(screen.queryByRole("img")).not.toBeInTheDocument();
  });

  it("puts the item that was chosen into the address", async () => {
    onApi("get", "/assignments/7/analysis", () => ok(anAnalysis()));
    const { user } = show(<AnalysisPage />, { me: teacher });
    await user.click(await screen.findByRole("button", { name: "查看第 47 题" }));
    expect(window.location.search).toBe("?item=47");
  });
});

describe("an item", () => {
  it("stands with its passage, its proof and what the class chose, by name", async () => {
    asked.item = "46";
    const student = { id: 9, name: "李雨", student_number: "02", attempt: "a9" };
    const trap = { zh: "意思相反", en: "Opposite" };
    const choices = [
      { letter: "B", count: 1, is_key: false, trap, students: [student] },
      { letter: "", count: 2, is_key: false, trap: null, students: [] },
    ];
    onApi("get", "/assignments/7/analysis", () => ok(anAnalysis()));
    onApi("get", "/assignments/7/analysis/46", () => ok(anItemView({ choices })));
    show(<AnalysisPage />, { me: teacher });
    const dialog = await screen.findByRole("dialog");
    expect(await within(dialog).findByText("They dreamed more.")).toBeVisible();
    expect(within(dialog).getByText("干扰方式：意思相反")).toBeVisible();
    expect(within(dialog).getByText("没有作答")).toBeVisible();
    expect(within(dialog).getByRole("link", { name: "李雨" })).toHaveAttribute("href", "/report/a9");
    expect(within(dialog).getByRole("button", { name: "上一题" })).toBeDisabled();
    expect(within(dialog).getByRole("button", { name: "下一题" })).toBeEnabled();
  });
});
