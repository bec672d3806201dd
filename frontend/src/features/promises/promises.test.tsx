import { screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PromisesPage } from "@/features/promises/promises-page";
import { type Board, budgetLeft, byUrgency, type Goal, inShare, inTime, sparkOf } from "@/features/promises/rules";
import { teacher } from "@/test/people";
import { ok, onApi, refusal } from "@/test/server";
import { show } from "@/test/show";
import { Stream } from "@/test/stream";

const admin = { ...teacher, role: "admin" as const };
const AT = "2026-11-27T08:30:00Z";

const goal = (change: Partial<Goal> = {}): Goal => ({
  name: "A1",
  unit: "ms",
  must: 500,
  aim: 100,
  is_low_good: true,
  value: 12,
  is_kept: true,
  budget_used: 0.25,
  trend: [],
  ...change,
});

const aBoard = (goals: Goal[]): Board => ({
  at: AT,
  summary: {
    minutes: 30,
    requests: 10,
    avg_response_time: 12,
    max_response_time: 30,
    avg_cpu_usage: null,
    avg_memory_usage: null,
    avg_cache_hit_rate: null,
    peak_active_users: 1,
    avg_ai_delay: null,
    ai_spend: 0,
  },
  goals,
  benches: [
    { name: "A5", figures: { users: 500 }, is_kept: false, at: "2026-11-20T08:30:00Z" },
    { name: "A10", figures: { final_p95: 4.9, first_feedback_p95: 3.1 }, is_kept: true, at: "2026-11-20T08:30:00Z" },
    { name: "A13", figures: {}, is_kept: null, at: null },
  ],
  slow_operations: [{ name: "GET /courses", count: 3, mean: 12, p95: 20, maximum: 1500 }],
  slow_queries: [],
  caches: [],
  refused: [{ directive: "script-src-elem", source: "inline", count: 4 }],
});

beforeEach(() => {
  Stream.opened = [];
  vi.stubGlobal("EventSource", Stream);
});
afterEach(() => vi.unstubAllGlobals());

describe("the promise board", () => {
  it("names what is not kept first, and says what only the bench can say", async () => {
    onApi("get", "/promises", () =>
      ok(
        aBoard([
          goal(),
          goal({ name: "A7", unit: "share", must: 0.001, value: 0.02, is_kept: false, budget_used: 20 }),
        ]),
      ),
    );
    show(<PromisesPage />, { me: admin });
    expect(await screen.findByText("有 1 项承诺没有做到：出错率。")).toBeVisible();
    const [first] = screen.getAllByRole("listitem");
    expect(within(first as HTMLElement).getByText("2%")).toBeVisible();
    expect(within(first as HTMLElement).getByText(/已用完/)).toBeVisible();
    expect(screen.getByText(/500 同时在线人数.*make bench/)).toBeVisible();
    expect(screen.getByText(/4.9 秒见到分数（95%） · 3.1 秒见到第一条反馈/)).toBeVisible();
    expect(screen.getByText(/还没有测过/)).toBeVisible();
    expect(await screen.findByText("GET /courses")).toBeVisible();
  });

  it("follows the stream", async () => {
    onApi("get", "/promises", () => ok(aBoard([goal()])));
    show(<PromisesPage />, { me: admin });
    expect(await screen.findByText("12 ms", { selector: ".font-title" })).toBeVisible();
    expect(Stream.last?.url).toBe("/api/v1/promises/events");
    Stream.last?.tells(aBoard([goal({ value: 77 })]));
    expect(await screen.findByText("77 ms")).toBeVisible();
    expect(screen.getByText("实时")).toBeVisible();
    Stream.last?.breaks();
    expect(screen.getByText("每 10 秒更新")).toBeVisible();
  });

  it("asks for models and jobs only when they are looked at", async () => {
    let asked = 0;
    onApi("get", "/promises", () => ok(aBoard([goal()])));
    onApi("get", "/promises/work", () => {
      asked += 1;
      return ok({
        purposes: [],
        jobs: [{ name: "syllabus.read", jobs: 4, waiting: 1, failed: 0, mean: 8000, p95: null }],
      });
    });
    const { user } = show(<PromisesPage />, { me: admin });
    await screen.findByText("GET /courses");
    expect(asked).toBe(0);
    await user.click(screen.getByRole("tab", { name: "安全策略" }));
    expect(screen.getByText("script-src-elem")).toBeVisible();
    expect(screen.getByText("inline")).toBeVisible();
    expect(asked).toBe(0);
    await user.click(screen.getByRole("tab", { name: "后台任务" }));
    expect(await screen.findByText("syllabus.read")).toBeVisible();
    expect(screen.getByText("8 s")).toBeVisible();
  });

  it("is refused in the server's words", async () => {
    onApi("get", "/promises", () => refusal(403, "forbidden", "没有权限。"));
    show(<PromisesPage />, { me: teacher });
    expect(await screen.findByText("没有权限。")).toBeVisible();
  });
});

describe("figures", () => {
  it("keep what makes two promises differ", () => {
    expect([inTime(0.53), inTime(15.94), inTime(1500)]).toEqual(["0.5 ms", "16 ms", "1.5 s"]);
    expect([inShare(0.9995), inShare(0.85), inShare(0)]).toEqual(["99.95%", "85%", "0%"]);
  });

  it("never have less than nothing left", () => {
    expect([0.25, 3, null].map((budget_used) => budgetLeft(goal({ budget_used })))).toEqual([0.75, 0, null]);
  });

  it("put what is broken before what is kept and unknown", () => {
    const rows = [goal({ name: "A2", is_kept: null }), goal(), goal({ name: "A7", is_kept: false })];
    expect(byUrgency(rows).map(({ name }) => name)).toEqual(["A7", "A1", "A2"]);
  });

  it("leave a gap where nothing was measured", () => {
    const trend = [20, 19, 1, 0].map((back) => ({
      at: new Date(Date.parse(AT) - back * 3_600_000).toISOString(),
      value: back,
    }));
    const spark = sparkOf(trend, AT);
    expect(spark?.lines).toHaveLength(2);
    expect(spark).toMatchObject({ low: 0, high: 20 });
    expect(sparkOf([{ at: AT, value: null }], AT)).toBeNull();
  });
});
