import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { PaperKeys } from "@/features/papers/paper-keys";
import { PrintMenu } from "@/features/papers/print-menu";
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

  it("marks whatever answers as not to be printed with the bare paper", async () => {
    const { container } = await open();
    const left = container.cloneNode(true) as HTMLElement;
    for (const key of left.querySelectorAll(".print-key")) key.remove();
    for (const secret of ["答案 D", "The transcript.", "Spoken question?", "新闻标题", "第一段最后一句。"]) {
      expect(container).toHaveTextContent(secret);
      expect(left).not.toHaveTextContent(secret);
    }
    expect(left).toHaveTextContent("What did Lin find?");
    for (const key of left.querySelectorAll(".text-good")) expect(key).toHaveClass("print-key-look");
  });

  it("says to the page what goes on paper, until it has been printed", async () => {
    const printed = vi.spyOn(window, "print").mockImplementation(() => undefined);
    const { user } = show(<PrintMenu />, { me: teacher });
    await user.click(screen.getByRole("button", { name: "打印" }));
    await user.click(screen.getByRole("menuitem", { name: "试卷（不带答案）" }));
    await vi.waitFor(() => expect(printed).toHaveBeenCalled());
    expect(document.documentElement.dataset.print).toBe("paper");
    window.dispatchEvent(new Event("afterprint"));
    expect(document.documentElement.dataset.print).toBeUndefined();
  });
});
