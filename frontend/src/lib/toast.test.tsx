import { screen } from "@testing-library/react";
import { delay } from "msw";
import { expect, it } from "vitest";
import { useAppStore } from "@/lib/store";
import { toast } from "@/lib/toast";
import { show } from "@/test/show";

it("a notice that is given before its place is there appears in it", async () => {
  toast.success("已保存");
  await delay(100);
  show(<p />);
  expect(await screen.findByText("已保存")).toBeVisible();
});

it("who wants no notices is still told what went wrong", async () => {
  show(<p />);
  useAppStore.getState().prefer({ notifications: false });
  toast.success("不想知道");
  toast.error("没有保存");
  expect(await screen.findByText("没有保存")).toBeVisible();
  expect(screen.queryByText("不想知道")).toBeNull();
});
