import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Schema } from "@/client/types";
import { SearchCorner } from "@/components/search/search-corner";
import { hitsOf } from "@/components/search/hits";
import { went } from "@/test/navigation";
import { student, teacher } from "@/test/people";
import { ok, onApi, refusal } from "@/test/server";
import { show } from "@/test/show";

const nothing: Schema<"SearchOut"> = { corrected: null, courses: [], papers: [], items: [] };
const plain = (text: string) => [{ text, found: false }];

function aCourse(id: number, name: string): Schema<"CourseHit"> {
  return { id, name: plain(name), excerpt: [], teacher_name: "李老师", category: "", level: "", status: "active" };
}

const anItem: Schema<"ItemHit"> = {
  id: 9,
  kind: "careful_reading",
  text: [
    { text: "Why was the ", found: false },
    { text: "harbour", found: true },
    { text: " closed?", found: false },
  ],
  passage_title: "The old harbour",
  paper: 3,
  slot: "51",
};

function onSearch(answer: (q: string) => Partial<Schema<"SearchOut">>): string[] {
  const asked: string[] = [];
  onApi("get", "/search", (request) => {
    const q = new URL(request.url).searchParams.get("q") ?? "";
    asked.push(q);
    return ok({ ...nothing, ...answer(q) });
  });
  return asked;
}

const field = () => screen.findByRole("combobox");

describe("the search box", () => {
  it("opens by Ctrl K with the places of the product, and asks nothing yet", async () => {
    const asked = onSearch(() => ({}));
    const { user } = show(<SearchCorner />, { me: teacher });
    await user.keyboard("{Control>}k{/Control}");
    expect(await field()).toHaveFocus();
    expect(screen.getAllByRole("option").map((it) => it.textContent)).toEqual(["首页", "课程", "阅卷台", "试卷"]);
    expect(asked).toEqual([]);
  });

  it("asks once typing rests, and Enter opens what the arrows chose", async () => {
    const asked = onSearch(() => ({ courses: [aCourse(1, "听力课"), aCourse(2, "听说课")] }));
    const { user } = show(<SearchCorner />, { me: student });
    await user.click(screen.getByRole("button", { name: "搜索" }));
    await user.type(await field(), "听课");
    expect(await screen.findByRole("option", { name: /听说课/ })).toBeVisible();
    expect(asked).toEqual(["听课"]);
    await user.keyboard("{ArrowDown}{Enter}");
    expect(went.push).toHaveBeenCalledWith("/courses/2");
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });

  it("does not open what was found for other words: Enter goes to the page with the new ones", async () => {
    onSearch((q) => (q === "听" ? { courses: [aCourse(1, "听力课")] } : {}));
    const { user } = show(<SearchCorner />, { me: student });
    await user.click(screen.getByRole("button", { name: "搜索" }));
    await user.type(await field(), "听");
    await screen.findByRole("option", { name: /听力课/ });
    await user.keyboard("写作{Enter}");
    expect(went.push).toHaveBeenCalledWith(`/search?q=${encodeURIComponent("听写作")}`);
  });

  it("goes to an item in its paper, and marks what was found", async () => {
    onSearch(() => ({ items: [anItem] }));
    const { user } = show(<SearchCorner />, { me: teacher });
    await user.click(screen.getByRole("button", { name: "搜索" }));
    await user.type(await field(), "harbor");
    const option = await screen.findByRole("option", { name: /harbour/ });
    expect(option.querySelector("mark")).toHaveTextContent("harbour");
    expect(option).toHaveTextContent("仔细阅读 · 51 题");
    expect(option).toHaveAttribute("href", expect.stringContaining("/papers/3#item-51"));
  });

  it("says that there is nothing, and that it was refused", async () => {
    onSearch(() => ({}));
    const { user } = show(<SearchCorner />, { me: student });
    await user.click(screen.getByRole("button", { name: "搜索" }));
    await user.type(await field(), "无");
    expect(await screen.findByText("没有找到“无”")).toBeVisible();
    onApi("get", "/search", () => refusal(503, "busy", "服务器正忙。"));
    await user.type(await field(), "事");
    expect(await screen.findByText("服务器正忙。")).toBeVisible();
  });
});

describe("what is found", () => {
  const paper = { id: 3, title_zh: plain("四级训练卷一"), title_en: [{ text: "Paper", found: true }] };

  it("shows the title in the other language only where that is what matched", () => {
    const found = { ...nothing, papers: [paper] };
    expect(hitsOf(found, "zh")[0]).toMatchObject({ title: paper.title_zh, about: paper.title_en });
    expect(hitsOf(found, "en")[0]).toMatchObject({ title: paper.title_en, about: [] });
  });

  it("has no page for an item that stands in no paper", () => {
    expect(hitsOf({ ...nothing, items: [{ ...anItem, paper: null, slot: null }] }, "zh")[0]?.href).toBeNull();
  });
});
