import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { Schema } from "@/client/types";
import { HomePage } from "@/features/home/home-page";
import { student } from "@/test/people";
import { ok, onApi, refusal } from "@/test/server";
import { show } from "@/test/show";
import { aWork } from "@/test/things";

function onAgenda(change: Partial<Schema<"Agenda">>): void {
  const agenda: Schema<"Agenda"> = { server_time: "2026-11-24T01:00:00Z", work: [], has_more: false };
  onApi("get", "/me/assignments", () => ok({ ...agenda, ...change }));
}

describe("a student's home", () => {
  let asked: string[] = [];

  beforeEach(() => {
    asked = [];
    onApi("get", "/attempts", (request) => {
      asked.push(request.url);
      return ok({ items: [], next: null });
    });
    onApi("get", "/courses", () => ok({ courses: [], total_pages: 1, current_page: 1, total_count: 0 }));
  });

  it("puts what is due first on top and lists the rest of all courses", async () => {
    const missed = aWork({ id: 2, title: "错过的", state: "missed", next: "ask_teacher", course_name: "听力课" });
    const done = aWork({ id: 3, title: "交了的", state: "closed", next: "read_report" });
    onAgenda({ work: [aWork({ title: "先做这个" }), missed, done] });
    show(<HomePage />, { me: student });
    expect(await screen.findByRole("heading", { name: "先做这个" })).toBeVisible();
    expect(screen.getByRole("button", { name: "开始考试" })).toBeVisible();
    expect(screen.getByRole("listitem")).toHaveTextContent(/错过的.*听力课.*已错过/);
    expect(screen.queryByText("交了的")).not.toBeInTheDocument();
    expect(asked).toHaveLength(1);
  });

  it("says that it could not read what is set, instead of calling it nothing", async () => {
    onApi("get", "/me/assignments", () => refusal(403, "forbidden", "你的身份不能做这件事。"));
    show(<HomePage />, { me: student });
    expect(await screen.findByText("你的身份不能做这件事。")).toBeVisible();
    expect(screen.queryByText("没有待完成的任务")).not.toBeInTheDocument();
  });

  it("shows six and then all", async () => {
    onAgenda({ work: Array.from({ length: 9 }, (_, n) => aWork({ id: n, title: `作业${n}` })) });
    const { user } = show(<HomePage />, { me: student });
    await user.click(await screen.findByRole("button", { name: "显示全部 8 项" }));
    expect(screen.getAllByRole("listitem")).toHaveLength(8);
  });
});
