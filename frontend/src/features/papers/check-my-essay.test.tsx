import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { CheckMyEssay } from "@/features/papers/check-my-essay";
import type { Paper } from "@/features/papers/paper-card";
import { student } from "@/test/people";
import { ok, onApi } from "@/test/server";
import { show } from "@/test/show";

const free = { id: 3, title: { zh: "训练卷一", en: "Paper 1" }, sections: ["writing", "listening-a", "translation"] };
const set = { ...free, id: 4, title: { zh: "训练卷二", en: "Paper 2" } };
const papers = [
  { ...free, is_set_as_exam: false },
  { ...set, is_set_as_exam: true },
] as Paper[];

it("begins practice of the one task that was chosen, of a paper that is not set as an exam", async () => {
  const asked: unknown[] = [];
  onApi("post", "/attempts", async (request) => {
    asked.push(await request.json());
    return ok({ id: "new" }, 201);
  });
  show(<CheckMyEssay papers={papers} />, { me: student });
  await userEvent.click(screen.getByRole("button", { name: "检查我的作文" }));
  expect(screen.queryByText("训练卷二")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: /训练卷一：.*翻译/ }));
  await expect.poll(() => asked).toEqual([{ paper: 3, mode: "practice", sections: ["translation"] }]);
});

it("is not there where every paper is set as an exam", () => {
  show(<CheckMyEssay papers={papers.slice(1)} />, { me: student });
  expect(screen.queryByRole("button")).toBeNull();
});
