import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { StatusPage } from "@/features/status/status-page";
import { ok, onApi, refusal } from "@/test/server";
import { show } from "@/test/show";

it("says of each part whether it works, to anybody", async () => {
  onApi("get", "/status", () =>
    ok({
      state: "slow",
      at: "2026-11-27T08:30:00Z",
      parts: [
        { name: "pages", state: "works" },
        { name: "answers", state: "slow" },
      ],
    }),
  );
  show(<StatusPage />);
  expect(await screen.findByText("部分功能不稳定")).toBeVisible();
  expect(screen.getByText("保存答案").parentElement).toHaveTextContent("不稳定");
  expect(screen.getByText("页面和登录").parentElement).toHaveTextContent("正常");
});

it("says that the server cannot be reached, and what to do in an exam", async () => {
  onApi("get", "/status", () => refusal(503, "busy", "服务器正忙。"));
  show(<StatusPage />);
  expect(await screen.findByText("连不上服务器")).toBeVisible();
  expect(screen.getByText(/不要关闭页面/)).toBeVisible();
});
