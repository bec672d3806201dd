import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { Schema } from "@/client/types";
import { Recording } from "@/features/papers/recording";
import { teacher } from "@/test/people";
import type { sendFile } from "@/lib/upload";
import { ok, onApi, refusal } from "@/test/server";
import { show } from "@/test/show";

const given = vi.hoisted(() => ({ cancelled: 0, forgotten: [] as string[], unfinished: [] as string[] }));

/** All there at once: how it goes in pieces is shown in upload.test.ts. */
vi.mock("@/lib/upload", () => ({
  sendFile: ((_, __, { onDone }) => {
    queueMicrotask(() => onDone("0d9e"));
    const cancel = () => Promise.resolve(void given.cancelled++);
    return Promise.resolve({ pause: () => undefined, resume: () => onDone("0d9e"), cancel });
  }) satisfies typeof sendFile,
  forgetFile: (file: File) => Promise.resolve(void given.forgotten.push(file.name)),
  unfinishedFiles: () => Promise.resolve(given.unfinished),
}));

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

describe("a teacher's own recording", () => {
  const track = { ...paper, audio: "ready" as const, audio_origin: "espeak-ng", audio_trouble: null };
  const file = new File(["x"], "listening.mp3", { type: "audio/mpeg" });
  const choose = () => document.querySelector<HTMLInputElement>("input[type=file]") as HTMLInputElement;

  it("is made of what was uploaded; after a fault the same upload is tried again", async () => {
    const sent: unknown[] = [];
    const answers = [refusal(503, "busy", "现在太忙。"), ok({}, 201)];
    onApi("post", "/papers/:id/recordings", async (request) => {
      sent.push(await request.json());
      return answers.shift() as Response;
    });
    const { user } = show(<Recording paper={track} />, { me: teacher });
    await user.upload(choose(), file);
    expect(await screen.findByText("现在太忙。")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "继续" }));
    expect(await screen.findByRole("button", { name: "上传录音" })).toBeVisible();
    expect(sent).toEqual([{ upload: "0d9e" }, { upload: "0d9e" }]);
    expect(given.forgotten).toEqual(["listening.mp3"]);
  });

  it("that cannot be used is not sent again: another one is chosen", async () => {
    onApi("post", "/papers/:id/recordings", () => refusal(422, "not_constant", "请导出为固定码率。"));
    const { user } = show(<Recording paper={track} />, { me: teacher });
    await user.upload(choose(), file);
    expect(await screen.findByText("请导出为固定码率。")).toBeVisible();
    expect(screen.queryByRole("button", { name: "继续" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "选别的文件" }));
    expect(await screen.findByRole("button", { name: "上传录音" })).toBeVisible();
    expect(given.cancelled).toBe(1);
  });

  it("that was not all sent is named, and no other file", async () => {
    given.unfinished = ["大纲.pdf", "第一套.MP3"];
    show(<Recording paper={track} />, { me: teacher });
    expect(await screen.findByText(/上次没有传完：第一套.MP3。/)).toBeVisible();
  });
});
