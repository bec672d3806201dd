import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { PaperKeys } from "@/features/papers/paper-keys";
import { teacher } from "@/test/people";
import { ok, onApi } from "@/test/server";
import { show } from "@/test/show";
import { anItemView } from "@/test/things";

const { item, passage } = anItemView();
const words = { zh: "说明", en: "Directions" };
const heard = {
  ...passage,
  id: 2,
  kind: "news",
  slots: ["1"],
  title: { zh: "新闻标题", en: "News" },
  paragraphs: [],
  script: [{ voice: "W", sentences: [{ text: "The transcript.", start_ms: null, end_ms: null }] }],
};
const content = {
  paper: { title: { zh: "训练卷一", en: "Paper 1" } },
  references: {},
  sections: [
    {
      key: "listening-a",
      part: "listening",
      title: words,
      directions: words,
      passages: [heard],
      items: [{ ...item, slot: "1", kind: "listening_choice", passage: 2, prompt: "Spoken question?" }],
    },
    { key: "reading-c", part: "reading", title: words, directions: words, passages: [passage], items: [item] },
  ],
};

async function open() {
  onApi("get", "/papers/3/content", () => ok(content));
  const view = show(<PaperKeys paper_id={3} />, { me: teacher });
  await screen.findByText("What did Lin find?");
  return view;
}

describe("a paper for its teacher", () => {
  it("has keys, explanations and transcripts", async () => {
    await open();
    expect(screen.getAllByText("答案 D")).toHaveLength(2);
    expect(screen.getByText("The transcript.")).toBeVisible();
    expect(screen.getByText("Spoken question?")).toBeVisible();
  });

  it("without them is what students get on paper: nothing that answers", async () => {
    const { user, container } = await open();
    await user.click(screen.getByLabelText("显示答案和解析"));
    expect(screen.queryByText("答案 D")).not.toBeInTheDocument();
    for (const secret of ["The transcript.", "Spoken question?", "新闻标题", "第一段最后一句。"]) {
      expect(container).not.toHaveTextContent(secret);
    }
    expect(screen.getByText("What did Lin find?")).toBeVisible();
    expect(screen.getAllByText(/Choice A/)).toHaveLength(2);
    expect(container.querySelector(".text-good")).toBeNull();
  });

  it("is printed as it is shown, in ink on white whatever the theme", async () => {
    const themes: (string | undefined)[] = [];
    document.documentElement.dataset.theme = "dark";
    vi.stubGlobal("print", () => {
      window.dispatchEvent(new Event("beforeprint"));
      themes.push(document.documentElement.dataset.theme);
      window.dispatchEvent(new Event("afterprint"));
    });
    const { user } = await open();
    await user.click(screen.getByRole("button", { name: "打印" }));
    expect(themes).toEqual(["light"]);
    expect(document.documentElement.dataset.theme).toBe("dark");
    vi.unstubAllGlobals();
  });
});
