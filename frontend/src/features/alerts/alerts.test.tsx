import { screen, within } from "@testing-library/react";
import { beforeAll, describe, expect, it } from "vitest";
import type { Schema } from "@/client/types";
import { AlertsPage } from "@/features/alerts/alerts-page";
import { asSent, asTyped } from "@/features/alerts/channel-shape";
import { teacher } from "@/test/people";
import { invalid, ok, onApi, refusal } from "@/test/server";
import { show } from "@/test/show";

const admin = { ...teacher, role: "admin" as const };
const both = (zh: string) => ({ zh, en: `${zh} in English` });

const alert: Schema<"AlertOut"> = {
  ...{ id: 3, rule: "errors", subject: "", state: "open", level: "error", figures: "GET /me × 9", unit: "percent" },
  ...{ title: both("请求出错"), noticed: both("部分用户看到出错"), cause: both("原因在日志里。") },
  ...{ runbook: "docs/runbooks/errors.md", value: 9.25, limit: 5, since: "2026-11-27T01:00:00Z", closed_at: null },
  ...{ told: true, because_of: "", acknowledged_at: null, acknowledged_by: null },
};
const rule: Schema<"RuleOut"> = {
  ...{
    name: "cpu",
    title: both("CPU 占用过高"),
    unit: "percent",
    is_low_bad: false,
    minimum: 6,
    hold: 300,
    is_on: true,
  },
  ...{ is_changed: false, runbook: "docs/runbooks/cpu.md" },
  limits: [
    { level: "warning", limit: 70 },
    { level: "error", limit: 85 },
  ],
};
const channel: Schema<"ChannelOut"> = {
  ...{ id: 5, name: "值班群", kind: "webhook", settings: {}, has: ["url", "authorization"], language: "zh" },
  ...{ least_level: "warning", only_escalated: false, is_on: true },
};

// What a tab brings later is there at once here: reading it for the first time can take longer than a test waits.
beforeAll(async () => {
  await import("@/features/alerts/rules");
  await import("@/features/alerts/channels");
});

describe("alerts", () => {
  it("say what users notice and which page helps, and are acknowledged", async () => {
    let seen = alert;
    onApi("get", "/alerts", () => ok([seen]));
    onApi("get", "/silences", () => ok([]));
    onApi("post", "/alerts/3/acknowledgements", () => {
      seen = { ...alert, acknowledged_at: "2026-11-27T01:01:00Z", acknowledged_by: "李老师" };
      return ok(seen, 201);
    });
    const { user } = show(<AlertsPage />, { me: admin });
    expect(await screen.findByText("部分用户看到出错")).toBeVisible();
    expect(screen.getByText("当前 9.3%，界限 5%。")).toBeVisible();
    expect(screen.getByText("docs/runbooks/errors.md")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "我来处理：请求出错" }));
    expect(await screen.findByText(/李老师 正在处理/)).toBeVisible();
    expect(screen.queryByRole("button", { name: /我来处理/ })).toBeNull();
  });

  it("are silenced for a time, with a reason or not at all", async () => {
    const sent: unknown[] = [];
    onApi("get", "/alerts", () => ok([alert]));
    onApi("get", "/silences", () => ok([]));
    onApi("post", "/silences", async (request) => {
      sent.push(await request.json());
      return ok({ id: 1, rule: "errors", reason: "升级", begins_at: "", ends_at: "", by: null }, 201);
    });
    const { user } = show(<AlertsPage />, { me: admin });
    await user.click(await screen.findByRole("button", { name: "静默：请求出错" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "静默" }));
    expect(dialog.getByLabelText("原因")).toBeInvalid();
    expect(sent).toEqual([]);
    await user.selectOptions(dialog.getByLabelText("多长时间"), "120");
    await user.type(dialog.getByLabelText("原因"), "升级");
    await user.click(dialog.getByRole("button", { name: "静默" }));
    await expect.poll(() => sent).toEqual([{ rule: "errors", reason: "升级", minutes: 120 }]);
  });

  it("say that all is well, and what went wrong in reading them", async () => {
    onApi("get", "/alerts", (request) =>
      request.url.includes("state=open") ? ok([]) : refusal(503, "busy", "服务器正忙，请稍后再试。"),
    );
    onApi("get", "/silences", () => ok([]));
    const { user } = show(<AlertsPage />, { me: admin });
    expect(await screen.findByText("现在一切正常")).toBeVisible();
    await user.click(screen.getByRole("radio", { name: "已恢复" }));
    expect(await screen.findByText("服务器正忙，请稍后再试。")).toBeVisible();
  });
});

describe("rules", () => {
  it("take other limits, and show beside the input what the server refuses", async () => {
    const sent: unknown[] = [];
    onApi("get", "/alerts", () => ok([]));
    onApi("get", "/silences", () => ok([]));
    onApi("get", "/alert-rules", () => ok([rule]));
    onApi("put", "/alert-rules/cpu", async (request) => {
      sent.push(await request.json());
      return sent.length === 1 ? invalid({ limits: "从轻到重排列。" }) : ok([rule]);
    });
    const { user } = show(<AlertsPage />, { me: admin });
    await user.click(screen.getByRole("tab", { name: "规则" }));
    await user.click(await screen.findByRole("button", { name: "修改规则：CPU 占用过高" }));
    const warning = await screen.findByLabelText("警告界限（%）");
    await user.clear(warning);
    await user.type(warning, "很多");
    await user.click(screen.getByRole("button", { name: "保存" }));
    await expect.poll(() => warning).toHaveAccessibleDescription("请填不小于 0 的数。");
    expect(sent).toEqual([]);
    await user.clear(warning);
    await user.type(warning, "90");
    await user.click(screen.getByRole("button", { name: "保存" }));
    await expect.poll(() => warning).toHaveAccessibleDescription("从轻到重排列。");
    expect(sent[0]).toEqual({ limits: [90, 85], minimum: 6, hold: 300, is_on: true });
  });
});

describe("a rule's test", () => {
  const about = { kind: "channel.test", done_steps: 0, total_steps: 0, created_at: "", finished_at: "", result: null };

  it("goes to whoever would be told, and says of each what came of it", async () => {
    const sent: unknown[] = [];
    const level = "warning" as const;
    onApi("get", "/alerts", () => ok([]));
    onApi("get", "/silences", () => ok([]));
    onApi("get", "/alert-rules", () => ok([rule]));
    onApi("get", "/channels", () => ok([channel, { ...channel, id: 6, name: "邮件" }]));
    onApi("post", "/alert-rules/cpu/tests", async (request) => {
      sent.push(await request.json());
      const both = [
        { channel: 5, name: "值班群", level, job: 8 },
        { channel: 6, name: "邮件", level, job: 9 },
      ];
      return sent.length === 1 ? refusal(409, "nobody_is_told", "没有渠道会收到。") : ok(both, 202);
    });
    onApi("get", "/jobs/8", () => ok({ ...about, id: 8, state: "done", error: "" }));
    onApi("get", "/jobs/9", () => ok({ ...about, id: 9, state: "failed", error: "connection refused" }));
    const { user } = show(<AlertsPage />, { me: admin });
    await user.click(screen.getByRole("tab", { name: "规则" }));
    await user.click(await screen.findByRole("button", { name: "发送测试消息：CPU 占用过高" }));
    const dialog = within(await screen.findByRole("dialog"));
    const send = dialog.getByRole("button", { name: "发送测试消息" });
    await user.click(send);
    expect(await dialog.findByText("没有渠道会收到。")).toBeVisible();
    await user.selectOptions(await dialog.findByLabelText("发到哪里"), "邮件");
    await user.click(send);
    expect(await dialog.findByText("对方已接收。请确认消息真的到了。")).toBeVisible();
    expect(await dialog.findByText("connection refused")).toBeVisible();
    expect(sent).toEqual([{ channel: null }, { channel: 6 }]);
  });
});

describe("channels", () => {
  it("keep a secret that is left empty, and send only what the kind knows", () => {
    const typed = { ...asTyped(channel), settings: { url: "", authorization: " Bearer x ", host: "left over" } };
    expect(asSent(typed).settings).toEqual({ authorization: "Bearer x" });
  });

  it("are tested with a real message and removed only after asking", async () => {
    let rows = [channel];
    const about = { kind: "channel.test", done_steps: 0, total_steps: 0, created_at: "", finished_at: "" };
    onApi("get", "/alerts", () => ok([]));
    onApi("get", "/silences", () => ok([]));
    onApi("get", "/channels", () => ok(rows));
    onApi("post", "/channels/5/tests", () => ok({ job: 8 }, 202));
    onApi("get", "/jobs/8", () => ok({ ...about, id: 8, state: "failed", error: "connection refused", result: null }));
    onApi("delete", "/channels/5", () => {
      rows = [];
      return new Response(null, { status: 204 });
    });
    const { user } = show(<AlertsPage />, { me: admin });
    await user.click(screen.getByRole("tab", { name: "通知渠道" }));
    await user.click(await screen.findByRole("button", { name: "发送测试消息：值班群" }));
    expect(await screen.findByText("connection refused")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "删除渠道：值班群" }));
    expect(rows).toHaveLength(1);
    await user.click(await screen.findByRole("button", { name: "删除" }));
    expect(await screen.findByText("还没有通知渠道")).toBeVisible();
  });
});
