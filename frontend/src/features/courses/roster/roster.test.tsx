import { screen, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { Schema } from "@/client/types";
import { RosterDialog } from "@/features/courses/roster/roster-dialog";
import { teacher } from "@/test/people";
import { ok, onApi } from "@/test/server";
import { show } from "@/test/show";

type Row = Schema<"RosterRow">;

const line = (change: Partial<Row>): Row => ({
  line: 2,
  name: "王小明",
  student_number: "2026010101",
  administrative_class: "英语2601",
  username: "2026010101",
  action: "create",
  problem: "",
  problem_en: "",
  ...change,
});

function preview(rows: Row[]): Schema<"RosterPreview"> {
  const count = (action: Row["action"]) => rows.filter((row) => row.action === action).length;
  return {
    id: 9,
    filename: "名单.csv",
    rows,
    creates: count("create"),
    enrols: count("enrol"),
    unchanged: count("none"),
    errors: count("error"),
  };
}

const job: Schema<"JobOut"> = {
  id: 4,
  kind: "courses.import_roster",
  state: "done",
  done_steps: 1,
  total_steps: 1,
  result: { created: 1, enrolled: 1, unchanged: 0 },
  error: "",
  created_at: "2026-11-24T03:00:00Z",
  finished_at: "2026-11-24T03:00:01Z",
};

async function upload(rows: Row[]) {
  onApi("post", "/courses/5/rosters", () => ok({ ...preview(rows) }, 201));
  const onOpenChange = vi.fn();
  const { user, baseElement } = show(<RosterDialog course_id={5} open onOpenChange={onOpenChange} />, { me: teacher });
  const input = baseElement.querySelector<HTMLInputElement>("input[type=file]");
  if (!input) throw new Error("no place for a file");
  await user.upload(input, new File(["姓名,学号\n"], "名单.csv", { type: "text/csv" }));
  return { user, onOpenChange };
}

describe("importing a roster", () => {
  it("shows the lines to mend, in words, and imports nothing while there are any", async () => {
    const wrong = line({
      line: 3,
      name: "",
      action: "error",
      problem: "缺少姓名，请补上。",
      problem_en: "Name missing.",
    });
    const { user } = await upload([line({}), wrong]);
    expect(await screen.findByText("有 1 行需要修改")).toBeVisible();
    expect(screen.getByText("缺少姓名，请补上。")).toBeVisible();
    expect(screen.queryByText("王小明")).toBeNull();
    expect(screen.getByRole("button", { name: /^导入/ })).toBeDisabled();
    await user.click(screen.getByLabelText("只看有问题的行"));
    expect(screen.getByText("王小明")).toBeVisible();
  });

  it("has nothing to import where everybody is in the course already", async () => {
    await upload([line({ action: "none" })]);
    expect(await screen.findByText("名单里的人都已在课程里")).toBeVisible();
    expect(screen.getByRole("button", { name: "导入 0 人" })).toBeDisabled();
  });

  it("follows the import to its end, shows the passwords once and asks before they are lost", async () => {
    onApi("post", "/courses/5/rosters/9/imports", () => ok({ job: 4 }, 202));
    onApi("get", "/jobs/4", () => ok({ ...job }));
    const accounts = [
      { username: "2026010101", name: "王小明", student_number: "2026010101", password: "apple-river-7" },
    ];
    onApi("post", "/courses/5/rosters/9/accounts", () => ok({ accounts }));
    const { user, onOpenChange } = await upload([line({}), line({ line: 3, name: "李华", action: "enrol" })]);

    await user.click(await screen.findByRole("button", { name: "导入 2 人" }));
    expect(await screen.findByText("新建账号 1 个，加入课程 1 人，原本就在 0 人。")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "查看初始密码（只能看一次）" }));
    expect(await screen.findByText("apple-river-7")).toBeVisible();

    await user.click(screen.getByRole("button", { name: "好了" }));
    const question = await screen.findByRole("dialog", { name: "还没有下载初始密码" });
    expect(onOpenChange).not.toHaveBeenCalled();
    await user.click(within(question).getByRole("button", { name: "不下载，关闭" }));
    expect(onOpenChange).toHaveBeenCalledWith(false);
  });

  it("says why an import failed", async () => {
    onApi("post", "/courses/5/rosters/9/imports", () => ok({ job: 4 }, 202));
    onApi("get", "/jobs/4", () => ok({ ...job, state: "failed", error: "数据库暂时不可用" }));
    const { user } = await upload([line({})]);
    await user.click(await screen.findByRole("button", { name: "导入 1 人" }));
    expect(await screen.findByText(/名单没有任何改动：数据库暂时不可用/)).toBeVisible();
  });
});
