import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { Schema } from "@/client/types";
import { SyllabusPage } from "@/features/syllabi/syllabus-page";
import { teacher } from "@/test/people";
import { ok, onApi } from "@/test/server";
import { show } from "@/test/show";

const syllabus: Schema<"SyllabusOut"> = {
  id: 7,
  course: 5,
  series: "0d6b3e1c-0000-4000-8000-000000000001",
  edition: 2,
  title: "教学大纲",
  filename: "大纲.pdf",
  size: 2048,
  state: "ready",
  job: 1,
  pages: 2,
  characters: 20,
  trouble: null,
  created_at: "2026-11-27T01:00:00Z",
};

function block(text: string, start: number, kind: "heading" | "paragraph" = "paragraph"): Schema<"BlockOut"> {
  return { kind, text, start, end: start + text.length, level: kind === "heading" ? 1 : 0, cells: [] };
}

const text: Schema<"SyllabusText"> = {
  kind: "pdf",
  is_paged: true,
  pages: [
    { number: 1, trouble: "", blocks: [block("一、听力", 0, "heading"), block("阅读", 5)] },
    { number: 2, trouble: "without_text", blocks: [block("听力策略", 8)] },
  ],
};

describe("a syllabus", () => {
  beforeEach(() => {
    window.history.replaceState(null, "", "/syllabi/7");
    Element.prototype.scrollIntoView = () => undefined;
  });

  it("shows its text with pages, and says where there is none", async () => {
    onApi("get", "/syllabi/7", () => ok(syllabus));
    onApi("get", "/syllabi/7/text", () => ok(text));
    show(<SyllabusPage />, { me: teacher });
    expect(await screen.findByRole("heading", { name: "一、听力" })).toBeVisible();
    expect(screen.getByText("第 2 页")).toBeVisible();
    expect(screen.getByText("这一页只有图片，没有读出文字。")).toBeVisible();
  });

  it("goes from one place to the next, and around", async () => {
    onApi("get", "/syllabi/7", () => ok(syllabus));
    onApi("get", "/syllabi/7/text", () => ok(text));
    const { user } = show(<SyllabusPage />, { me: teacher });
    await user.type(await screen.findByRole("searchbox"), "听力");
    expect(await screen.findByText("1 / 2")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "下一处" }));
    await new Promise((later) => setTimeout(later, 400)); // longer than the box waits before it searches
    expect(screen.getByText("2 / 2")).toBeVisible();
    expect(document.querySelector("[data-current]")?.parentElement).toHaveTextContent("听力策略");
    await user.click(screen.getByRole("button", { name: "下一处" }));
    expect(screen.getByText("1 / 2")).toBeVisible();
  });

  it("says why it could not be read", async () => {
    const trouble = { zh: "文件有密码。", en: "A password." };
    onApi("get", "/syllabi/7", () => ok({ ...syllabus, state: "failed", trouble }));
    show(<SyllabusPage />, { me: teacher });
    expect(await screen.findByText("文件有密码。")).toBeVisible();
  });
});
