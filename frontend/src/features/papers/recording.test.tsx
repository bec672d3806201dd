import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Schema } from "@/client/types";
import { Recording } from "@/features/papers/recording";
import { teacher } from "@/test/people";
import { ok, onApi, refusal } from "@/test/server";
import { show } from "@/test/show";

const paper: Schema<"PaperOut"> = {
  id: 3,
  slug: "siji-01",
  version: 1,
  title: { zh: "训练卷一", en: "Paper 1" },
  items: 57,
  minutes: 130,
  sections: [],
  audio: "failed",
  audio_ms: 0,
  audio_origin: "",
  audio_trouble: { zh: "音频没有做成。", en: "It could not be made." },
  is_set_as_exam: false,
  audio_starts: {},
  withheld: null,
};

describe("the track of a paper", () => {
  it("says why it could not be made and makes it again", async () => {
    const asked: string[] = [];
    const answers = [refusal(503, "busy", "现在太忙。"), ok({}, 202)];
    onApi("post", "/papers/:id/tracks", ({ url }) => {
      asked.push(new URL(url).pathname);
      return answers.shift() as Response;
    });
    const { user } = show(<Recording paper={paper} />, { me: teacher });
    expect(screen.getByRole("alert")).toHaveTextContent("音频没有做成。");
    await user.click(screen.getByRole("button", { name: "重新制作" }));
    expect(await screen.findByText("现在太忙。")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "重新制作" }));
    await expect.poll(() => screen.queryByText("现在太忙。")).toBeNull();
    expect(asked).toEqual(["/api/v1/papers/3/tracks", "/api/v1/papers/3/tracks"]);
  });

  it("offers nothing to make where a recording is lost: it is uploaded again or given up", () => {
    const lost = { ...paper, audio: "lost" as const, audio_origin: "recording" };
    show(<Recording paper={lost} />, { me: teacher });
    expect(screen.queryByRole("button", { name: "重新制作" })).not.toBeInTheDocument();
    expect(screen.getByRole("button", { name: "换回合成音频" })).toBeVisible();
  });

  it("is silent where nothing is wrong", () => {
    show(<Recording paper={{ ...paper, audio: "ready", audio_origin: "espeak-ng", audio_trouble: null }} />, {
      me: teacher,
    });
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
  });
});
