import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { RewritingPart, type Rewriting } from "./rewriting";
import type { ReportScript } from "./use-report";
import { student } from "@/test/people";
import { onApi, refusal } from "@/test/server";
import { show } from "@/test/show";

const version: Rewriting["versions"][number] = {
  attempt: "first",
  number: 1,
  submitted_at: "2026-11-27T08:00:00Z",
  words: 120,
  mark: { value: 8, by: "teacher", marker: "王老师", is_provisional: false },
  builtin: 7,
};
const rewriting: Rewriting = {
  may_rewrite: true,
  this: 2,
  versions: [
    version,
    {
      ...version,
      attempt: "second",
      number: 2,
      mark: { value: 9, by: "builtin", marker: "", is_provisional: true },
      builtin: 9,
    },
  ],
  compared: {
    pieces: [
      { change: "same", text: "Many " },
      { change: "gone", text: "student " },
      { change: "new", text: "students " },
      { change: "same", text: "read." },
    ],
    advice: [
      { words: { zh: "改正错误。", en: "Correct." }, is_done: true },
      { words: { zh: "多用从句。", en: "Clauses." }, is_done: false },
    ],
    faults_gone: [{ kind: "grammar", quote: "Many student", better: null }],
    faults_left: [],
    faults_new: [{ kind: "spelling", quote: "libary", better: "library" }],
  },
};

function open(part: ReportScript["rewriting"]) {
  return show(<RewritingPart script={{ id: 5, rewriting: part } as ReportScript} />, { me: student });
}

describe("a text written anew", () => {
  it("shows what went, what came, and who gave which mark", () => {
    const { container } = open(rewriting);
    expect(container.querySelector("del")).toHaveTextContent("student");
    expect(container.querySelector("ins")).toHaveTextContent("students");
    const [first, second] = screen.getAllByRole("listitem");
    expect(first).toHaveTextContent("8 分 王老师 · 内置评分 7 分");
    expect(second).toHaveTextContent("9 分 内置评分（暂定）");
    expect(within(first as HTMLElement).getByRole("link", { name: "第一稿" })).toHaveAttribute(
      "href",
      expect.stringContaining("/report/first"),
    );
  });

  it("says which advice was taken and which faults went and came", () => {
    open(rewriting);
    expect(screen.getByText("改正错误。").closest("li")).toHaveTextContent("已不在要紧的三条里");
    expect(screen.getByText("多用从句。").closest("li")).toHaveTextContent("仍要注意");
    expect(screen.getByRole("heading", { name: "改掉了 1 处" })).toBeVisible();
    expect(screen.getByRole("heading", { name: "新出现 1 处" })).toBeVisible();
    expect(screen.queryByRole("heading", { name: /还没改/ })).toBeNull();
  });

  it("tells why it may not be written anew now", async () => {
    onApi("post", "/scripts/5/rewrites", () => refusal(409, "paper_is_set", "这套试卷已布置为考试。"));
    open({ ...rewriting, versions: [version], this: 1, compared: null });
    await userEvent.click(screen.getByRole("button", { name: "改写并再交" }));
    expect(await screen.findByText(/已布置为考试/)).toBeVisible();
  });

  it("is not there where there is nothing to say", () => {
    open(null);
    expect(screen.queryByRole("button")).toBeNull();
  });
});
