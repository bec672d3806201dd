import { screen, within } from "@testing-library/react";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { RunPage } from "@/features/runs/run-page";
import { went } from "@/test/navigation";
import { teacher } from "@/test/people";
import { aMadeRun, anAnalysis, aPlan, aQuestion, aRun, aStage, proven } from "@/test/runs";
import { ok, onApi, refusal } from "@/test/server";
import { show } from "@/test/show";
import { Stream } from "@/test/stream";
import { CourseRuns } from "./course-runs";

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams(window.location.search) }));

function at(path: string) {
  window.history.replaceState(null, "", path);
}

// What comes later on the page is there at once here: reading it for the first time can take longer than a test waits.
beforeAll(async () => {
  await import("@/features/runs/flow/iteration-monitor");
  await import("@/features/runs/flow/workflow-visualization");
  await import("@/features/runs/analysis/analysis-review");
  await import("@/features/runs/plan/plan-editor");
  await import("@/features/runs/questions/question-review");
});

beforeEach(() => {
  Stream.opened = [];
  vi.stubGlobal("EventSource", Stream);
  at("/runs/9");
});

describe("starting a run", () => {
  it("offers syllabi that were read, and sends hours, dates and engine", async () => {
    at("/courses/5");
    const about = { series: 1, filename: "a.pdf", size: 9, pages: 2, characters: 90, job: null, trouble: null };
    const syllabus = {
      ...about,
      course: 5,
      title: "大纲",
      edition: 2,
      state: "ready",
      created_at: "2026-11-27T00:00:00Z",
    };
    onApi("get", "/courses/5/runs", () => ok([]));
    onApi("get", "/courses/5/syllabi", () =>
      ok([
        { ...syllabus, id: 4, state: "reading" },
        { ...syllabus, id: 3 },
      ]),
    );
    const sent: unknown[] = [];
    onApi("post", "/courses/5/runs", async (request) => {
      sent.push(await request.json());
      return ok(aRun(), 201);
    });
    const { user } = show(<CourseRuns />, { me: teacher });
    await user.click(await screen.findByRole("button", { name: "由大纲生成课程" }));
    expect(await screen.findAllByRole("option")).toHaveLength(1);
    await user.clear(screen.getByLabelText("总课时"));
    await user.type(screen.getByLabelText("总课时"), "48");
    await user.click(screen.getByLabelText("4 课时"));
    await user.click(screen.getByRole("button", { name: "开始" }));
    await expect.poll(() => sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ syllabus: 3, hours: 48, session_hours: 4, engine: "builtin" });
    await expect.poll(() => went.push.mock.calls).toEqual([["/runs/9"]]);
  });
});

describe("following a run", () => {
  it("shows the stages as a list, what each round reached, and why it stopped", async () => {
    onApi("get", "/runs/9", () => ok(aRun()));
    show(<RunPage />, { me: teacher });
    const list = await screen.findByRole("list", { name: "各个步骤" });
    expect(within(list).getAllByRole("listitem")).toHaveLength(4);
    expect(within(list).getByText("等您审阅")).toBeVisible();
    expect(await screen.findByText(/每项都达到目标/)).toBeVisible();
    expect(screen.getByText("补了 3 个知识点。")).toBeVisible();
    expect(screen.getByText("¥0.002500")).toBeVisible();
  });

  it("is told of the next stage by the stream, and opens none for a run that waits", async () => {
    onApi("get", "/runs/9", () => ok(aRun({ state: "running", stages: [aStage({ state: "running", draft: null })] })));
    show(<RunPage />, { me: teacher });
    expect((await screen.findAllByText("正在做")).length).toBeGreaterThan(0);
    await expect.poll(() => Stream.last?.url).toBe("/api/v1/runs/9/events");
    Stream.last?.tells(aRun());
    expect((await screen.findAllByText("等您审阅")).length).toBeGreaterThan(0);
    expect(Stream.last?.readyState).toBe(2);
  });

  it("asks before it is stopped", async () => {
    let stopped = 0;
    onApi("get", "/runs/9", () => ok(aRun()));
    onApi("delete", "/runs/9", () => ((stopped += 1), new Response(null, { status: 204 })));
    const { user } = show(<RunPage />, { me: teacher });
    await user.click(await screen.findByRole("button", { name: "停止" }));
    expect(stopped).toBe(0);
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "停止" }));
    await expect.poll(() => stopped).toBe(1);
  });
});

describe("the analysis", () => {
  it("shows the words of the syllabus for a point, and is approved as it was seen", async () => {
    at("/runs/9?tab=analysis");
    const sent: unknown[] = [];
    onApi("get", "/runs/9", () => ok(aRun()));
    onApi("get", "/runs/9/analysis", () => ok(anAnalysis()));
    onApi("post", "/runs/9/stages/analysis/approval", async (request) => {
      sent.push(await request.json());
      return ok(aRun());
    });
    const { user } = show(<RunPage />, { me: teacher });
    await user.click(await screen.findByRole("button", { name: /^抓主旨/ }));
    expect(screen.getAllByText("能听懂语速每分钟120词的短篇新闻。").length).toBeGreaterThan(1);
    await user.click(screen.getByRole("button", { name: "通过" }));
    await expect.poll(() => sent).toEqual([{ draft: 31 }]);
  });

  it("is sent back only with a note", async () => {
    at("/runs/9?tab=analysis");
    const sent: unknown[] = [];
    onApi("get", "/runs/9", () => ok(aRun()));
    onApi("get", "/runs/9/analysis", () => ok(anAnalysis()));
    onApi("post", "/runs/9/stages/analysis/return", async (request) => {
      sent.push(await request.json());
      return ok(aRun());
    });
    const { user } = show(<RunPage />, { me: teacher });
    await user.click(await screen.findByRole("button", { name: "退回重做" }));
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("button", { name: "退回重做" }));
    expect(await within(dialog).findByText("请填写这一项。")).toBeVisible();
    await user.type(within(dialog).getByLabelText("您的意见"), "听力太少");
    await user.click(within(dialog).getByRole("button", { name: "退回重做" }));
    await expect.poll(() => sent).toEqual([{ note: "听力太少" }]);
  });
});

describe("the plan", () => {
  beforeEach(() => {
    at("/runs/9?tab=plan");
    onApi("get", "/runs/9", () => ok(aMadeRun()));
    onApi("get", "/runs/9/analysis", () => ok(anAnalysis()));
    onApi("get", "/runs/9/plan", () => ok(aPlan()));
  });

  it("is moved by keys, shows what is off, cannot be approved so, and is undone", async () => {
    const { user } = show(<RunPage />, { me: teacher });
    const later = await screen.findByRole("button", { name: "往后移：长对话" });
    later.focus();
    await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
    expect(screen.getByText("少 1 课时")).toBeVisible();
    expect(screen.getByText("多 1 课时")).toBeVisible();
    expect(screen.getByRole("button", { name: "通过" })).toBeDisabled();
    await user.click(screen.getByRole("button", { name: "撤销" }));
    expect(screen.queryByText("少 1 课时")).toBeNull();
    expect(screen.getByRole("button", { name: "通过" })).toBeEnabled();
  });

  it("is saved on the draft it was read from; where a newer one is there, that is said and nothing is lost", async () => {
    const sent: { base: number }[] = [];
    onApi("put", "/runs/9/plan", async (request) => {
      sent.push((await request.json()) as { base: number });
      return refusal(409, "stale", "已有更新的稿子。");
    });
    const { user } = show(<RunPage />, { me: teacher });
    await user.click(await screen.findByRole("button", { name: "锁定：短篇新闻" }));
    await user.click(screen.getByRole("button", { name: "存为新稿" }));
    expect(await screen.findByText(/这一步有了更新的稿子/)).toBeVisible();
    expect(sent.map(({ base }) => base)).toEqual([1]);
    expect(screen.getByRole("button", { name: "解锁：短篇新闻" })).toBeVisible();
  });
});

describe("the questions", () => {
  it("are approved together only where they are proven, and say so where nobody has checked them", async () => {
    at("/runs/9?tab=questions");
    const draft = aStage().draft!;
    const questions = [aQuestion(), aQuestion({ key: "Q2", blind: proven }), aQuestion({ key: "Q3", blind: proven })];
    const sent: unknown[] = [];
    onApi("get", "/runs/9", () => ok(aMadeRun()));
    onApi("get", "/runs/9/questions", () => ok({ draft, questions }));
    onApi("post", "/runs/9/questions/decisions", async (request) => {
      sent.push(await request.json());
      return ok({ draft: { ...draft, id: 32, version: 2 }, questions });
    });
    const { user } = show(<RunPage />, { me: teacher });
    expect(await screen.findByText(/还没有人在不看答案的情况下做过这道题/)).toBeVisible();
    expect(screen.queryByRole("checkbox", { name: "选中第 1 题" })).toBeNull();
    await user.click(screen.getByRole("checkbox", { name: /选中可以一起通过的 2 道/ }));
    await user.click(screen.getByRole("button", { name: "通过 2 道" }));
    await expect.poll(() => sent).toEqual([{ base: 1, keys: ["Q2", "Q3"], state: "approved" }]);
  });
});
