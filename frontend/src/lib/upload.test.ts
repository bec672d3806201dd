import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { forgetFile, sendFile, unfinishedFiles } from "@/lib/upload";
import type { ProblemError } from "@/lib/problem";
import { refusal, server } from "@/test/server";

const ME = 2;
const URL_OF_IT = "/api/v1/uploads/0d6b3e1c-0000-4000-8000-000000000001";
const text = "一、课程性质".repeat(40);

/** The server's side of one upload, as far as a browser sees it. */
function keepsUploads({ refusals = [] as (() => Response)[] } = {}) {
  const kept = { bytes: 0, creations: 0, pieces: [] as number[] };
  server.use(
    http.post("*/api/v1/uploads", () => {
      kept.creations += 1;
      return new HttpResponse(null, { status: 201, headers: { Location: URL_OF_IT, "Upload-Offset": "0" } });
    }),
    http.head(`*${URL_OF_IT}`, () => {
      const headers = { "Upload-Offset": `${kept.bytes}`, "Upload-Length": `${size}` };
      return new HttpResponse(null, { headers });
    }),
    http.patch(`*${URL_OF_IT}`, ({ request }) => {
      const refused = refusals.shift();
      if (refused) return refused();
      kept.pieces.push(Number(request.headers.get("Upload-Offset")));
      kept.bytes = size; // one piece holds all the rest; jsdom's requests carry no bytes of a file
      return new HttpResponse(null, { status: 204, headers: { "Upload-Offset": `${kept.bytes}` } });
    }),
  );
  return kept;
}

const file = new File([text], "大纲.txt", { lastModified: 1 });
const size = file.size;

function send(user_id = ME) {
  return new Promise<string>((resolve, reject: (problem: ProblemError) => void) => {
    void sendFile(file, user_id, { onProgress: () => undefined, onDone: resolve, onFailed: reject });
  });
}

describe("sending a file", () => {
  beforeEach(() => localStorage.clear());

  it("ends with the id of the upload", async () => {
    const kept = keepsUploads();
    expect(await send()).toBe("0d6b3e1c-0000-4000-8000-000000000001");
    expect(kept).toEqual({ bytes: size, creations: 1, pieces: [0] });
  });

  it("goes on where the server stands when the same file is chosen again, for the same person only", async () => {
    const kept = keepsUploads();
    await send();
    kept.bytes = 100;
    expect(await unfinishedFiles(ME)).toEqual(["大纲.txt"]);
    expect(await unfinishedFiles(3)).toEqual([]);
    await send();
    expect(kept.creations).toBe(1);
    expect(kept.pieces).toEqual([0, 100]);
    kept.bytes = 0;
    await send(3);
    expect(kept.creations).toBe(2);
  });

  it("forgets what has become something", async () => {
    keepsUploads();
    await send();
    await forgetFile(file, ME);
    expect(await unfinishedFiles(ME)).toEqual([]);
  });

  it("tries again what a damaged piece or a failing server refused", async () => {
    const kept = keepsUploads({
      refusals: [() => refusal(460, "bad_checksum", "损坏"), () => refusal(503, "busy", "忙")],
    });
    await send();
    expect(kept.bytes).toBe(size);
  });

  it("says at once why it cannot go on", async () => {
    keepsUploads({ refusals: [() => refusal(413, "beyond_the_end", "文件变了")] });
    await expect(send()).rejects.toMatchObject({ code: "beyond_the_end", words: { zh: "文件变了" } });
  });

  it("does not ask again for a quota that is full", async () => {
    server.use(http.post("*/api/v1/uploads", () => refusal(409, "quota", "空间已满")));
    await expect(send()).rejects.toMatchObject({ code: "quota" });
  });
});
