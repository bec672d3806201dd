import { screen } from "@testing-library/react";
import { beforeAll, describe, expect, it } from "vitest";
import type { Schema } from "@/client/types";
import { GatewayPage } from "@/features/gateway/gateway-page";
import { teacher } from "@/test/people";
import { invalid, ok, onApi } from "@/test/server";
import { show } from "@/test/show";

const admin = { ...teacher, role: "admin" as const };

const gateway: Schema<"GatewayOut"> = {
  state: "off",
  endpoints: ["https://api.deepseek.com", "http://10.0.0.5/v1"],
  settings: {
    endpoint: "https://api.deepseek.com",
    model: "deepseek-flash",
    dialect: "deepseek",
    is_on: true,
    price_miss: 2_000_000,
    price_hit: 40_000,
    price_output: 8_000_000,
    calls_at_once: 64,
    calls_per_minute: 1000,
    connections: 20,
    day_budget: 20_000_000,
    user_day_budget: 1_000_000,
    course_day_budget: null,
    hourly_cost: 10_000_000,
    breaker_failures: 5,
    breaker_pause: 15,
  },
  has_key: false,
  changed_at: null,
  changed_by: null,
  paused: "",
  today: { spent: 0, reserved: 0, calls: 0, failed: 0, tokens_in: 0, tokens_hit: 0, tokens_out: 0 },
};

// What comes later on the page is there at once here: reading it for the first time can take longer than a test waits.
beforeAll(async () => {
  await import("@/features/gateway/gateway-form");
  await import("@/features/gateway/gateway-test");
});

describe("setting up a model", () => {
  it("tells a model that was switched off from one that nobody has set up", async () => {
    const off = { ...gateway, settings: { ...gateway.settings, is_on: false }, changed_at: "2026-11-01T08:00:00Z" };
    let is: Schema<"GatewayOut"> = gateway;
    onApi("get", "/gateway", () => ok(is));
    const first = show(<GatewayPage />, { me: admin });
    expect(await screen.findByText(/还没有设置模型/)).toBeVisible();
    first.unmount();
    is = off;
    show(<GatewayPage />, { me: admin });
    expect(await screen.findByText(/没有启用模型/)).toBeVisible();
  });

  it("says that the built-in engine is alone, and saves amounts typed in yuan", async () => {
    onApi("get", "/gateway", () => ok(gateway));
    const sent: unknown[] = [];
    onApi("put", "/gateway", async (request) => {
      sent.push(await request.json());
      return ok({ ...gateway, state: "ready", has_key: true });
    });
    const { user } = show(<GatewayPage />, { me: admin });
    expect(await screen.findByText(/现在只使用内置引擎/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "测试一次" })).toBeNull();
    await user.type(screen.getByLabelText("密钥"), "sk-1");
    await user.clear(screen.getByLabelText("每人每天"));
    await user.clear(screen.getByLabelText("全校每天"));
    await user.type(screen.getByLabelText("全校每天"), "12.5");
    await user.click(screen.getByRole("button", { name: "保存" }));
    await expect.poll(() => sent).toHaveLength(1);
    expect(sent[0]).toEqual({ ...gateway.settings, key: "sk-1", day_budget: 12_500_000, user_day_budget: null });
  });

  it("sends nothing that cannot be a price, and shows beside its input what the server refuses", async () => {
    onApi("get", "/gateway", () => ok(gateway));
    onApi("put", "/gateway", () => invalid({ key: "换了接口地址，请重新填写密钥。" }));
    const { user } = show(<GatewayPage />, { me: admin });
    const price = await screen.findByLabelText("输入");
    await user.clear(price);
    await user.type(price, "两元");
    await user.click(screen.getByRole("button", { name: "保存" }));
    await expect.poll(() => price.getAttribute("aria-invalid")).toBe("true");
    expect(price).toHaveAccessibleDescription(/请填不小于 0 的金额/);
    await user.clear(price);
    await user.type(price, "2");
    await user.click(screen.getByRole("button", { name: "保存" }));
    await expect.poll(() => screen.getByLabelText("密钥").getAttribute("aria-invalid")).toBe("true");
  });

  it("tests the model and says what came of it", async () => {
    const result = {
      ...{ is_ok: false, words: { zh: "模型服务不接受这个密钥。", en: "The key is refused." }, detail: "401" },
      ...{ latency_ms: 120, tokens_in: 0, tokens_out: 0, cost: 0 },
    };
    const about = { kind: "gateway.test", done_steps: 0, total_steps: 0, error: "", created_at: "", finished_at: "" };
    onApi("get", "/gateway", () => ok({ ...gateway, state: "ready", has_key: true }));
    onApi("post", "/gateway/tests", () => ok({ job: 7 }, 202));
    onApi("get", "/jobs/7", () => ok({ ...about, id: 7, state: "done", result }));
    const { user } = show(<GatewayPage />, { me: admin });
    await user.click(await screen.findByRole("button", { name: "测试一次" }));
    expect(await screen.findByText("模型服务不接受这个密钥。")).toBeVisible();
    expect(screen.getByText("401")).toBeVisible();
  });
});
