import { File as NodeFile } from "node:buffer";
import { HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { api, fileForm, take } from "@/lib/api";
import { ProblemError } from "@/lib/problem";
import { finishSignIn, giveUpSignIn } from "@/lib/session";
import { useAppStore } from "@/lib/store";
import { student } from "@/test/people";
import { ok, onApi, refusal } from "@/test/server";

const signedOut = () => refusal(401, "signed_out", "请先登录。");

async function problemOf(call: Promise<unknown>): Promise<ProblemError> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemError)) throw new Error(`no refusal but ${String(error)}`);
  return error;
}

async function untilAsked(): Promise<void> {
  await expect.poll(() => useAppStore.getState().session).toBe("expired");
}

describe("a refusal", () => {
  it("is thrown with its status, code, words, fields and waiting time", async () => {
    onApi("post", "/session", () => refusal(429, "locked_out", "请等 5 分钟。", { "Retry-After": "300" }));
    const problem = await problemOf(api.POST("/api/v1/session", { body: { username: "a", password: "b" } }));
    expect(problem).toMatchObject({ status: 429, code: "locked_out", retryAfter: 300 });
    expect(problem.words.zh).toBe("请等 5 分钟。");
  });

  it("has words of its own where a gateway answers without any", async () => {
    onApi("get", "/papers", () => new HttpResponse("<h1>Bad gateway</h1>", { status: 502 }));
    expect(await problemOf(api.GET("/api/v1/papers"))).toMatchObject({ status: 502, code: "server_error" });
  });

  it("says that the server was not reached", async () => {
    onApi("get", "/papers", () => HttpResponse.error());
    expect((await problemOf(api.GET("/api/v1/papers"))).isOffline).toBe(true);
  });
});

describe("a session that ended under an open page", () => {
  beforeEach(() => useAppStore.getState().signedIn(student));

  it("is asked for again, then the same request is sent once more with its body", async () => {
    const bodies: unknown[] = [];
    let isIn = false;
    onApi("post", "/enrollments", async (request) => {
      bodies.push(await request.json());
      return isIn ? ok({ id: 5, name: "四级" }, 201) : signedOut();
    });
    const joining = take(api.POST("/api/v1/enrollments", { body: { code: "K7M2QP" } }));
    await untilAsked();
    isIn = true;
    finishSignIn(student);
    expect(await joining).toMatchObject({ id: 5 });
    expect(bodies).toEqual([{ code: "K7M2QP" }, { code: "K7M2QP" }]);
  });

  it("asks once however many requests wait for it", async () => {
    let isIn = false;
    onApi("get", "/papers", () => (isIn ? ok({ items: [] }) : signedOut()));
    onApi("get", "/me/progress", () => (isIn ? ok({ total_progress: 0, completed_assignments: 0 }) : signedOut()));
    const both = Promise.all([take(api.GET("/api/v1/papers")), take(api.GET("/api/v1/me/progress"))]);
    await untilAsked();
    isIn = true;
    finishSignIn(student);
    expect(await both).toEqual([{ items: [] }, { total_progress: 0, completed_assignments: 0 }]);
  });

  it("refuses what waited when the person leaves instead", async () => {
    onApi("get", "/papers", signedOut);
    const reading = problemOf(api.GET("/api/v1/papers"));
    await untilAsked();
    giveUpSignIn();
    expect(await reading).toMatchObject({ status: 401 });
    expect(useAppStore.getState().session).toBe("out");
  });

  it("is no reason to ask where signing in itself is refused", async () => {
    onApi("post", "/session", () => refusal(401, "bad_credentials", "用户名或密码不对。"));
    const problem = await problemOf(api.POST("/api/v1/session", { body: { username: "a", password: "b" } }));
    expect(problem.code).toBe("bad_credentials");
    expect(useAppStore.getState().session).toBe("in");
  });
});

describe("the security token", () => {
  it("goes with what changes something, and only with that", async () => {
    document.cookie = "csrftoken=abc123";
    const tokens: (string | null)[] = [];
    onApi("get", "/papers", (request) => (tokens.push(request.headers.get("X-CSRFToken")), ok({ items: [] })));
    onApi("delete", "/me/sessions", (request) => {
      tokens.push(request.headers.get("X-CSRFToken"));
      return new HttpResponse(null, { status: 204 });
    });
    await api.GET("/api/v1/papers");
    await api.DELETE("/api/v1/me/sessions");
    expect(tokens).toEqual([null, "abc123"]);
  });

  it("is fetched anew when it went stale, and the request sent once more", async () => {
    let asked = 0;
    let isFresh = false;
    onApi("get", "/me", () => ((isFresh = true), ok({ ...student })));
    onApi("post", "/enrollments", () => {
      asked += 1;
      return isFresh ? ok({ id: 5 }, 201) : refusal(403, "csrf", "页面的安全令牌已过期。");
    });
    await api.POST("/api/v1/enrollments", { body: { code: "A" } });
    expect(asked).toBe(2);
  });

  it("is not asked for again and again", async () => {
    onApi("get", "/me", () => ok({ ...student }));
    onApi("post", "/enrollments", () => refusal(403, "csrf", "页面的安全令牌已过期。"));
    expect(await problemOf(api.POST("/api/v1/enrollments", { body: { code: "A" } }))).toMatchObject({ code: "csrf" });
  });
});

describe("a file", () => {
  it("is sent as a form with its name", async () => {
    // jsdom's forms are not those of the fetch that sends them: in a browser they are one.
    const native = await new Response(new URLSearchParams()).formData();
    vi.stubGlobal("FormData", native.constructor);
    let sent: { type: string | null; text: string } | null = null;
    onApi("post", "/courses/5/rosters", async (request) => {
      sent = { type: request.headers.get("Content-Type"), text: await request.text() };
      return ok({ id: 1 }, 201);
    });
    const file = new NodeFile(["姓名,学号\n"], "名单.csv", { type: "text/csv" }) as unknown as File;
    await api.POST("/api/v1/courses/{course_id}/rosters", { params: { path: { course_id: 5 } }, ...fileForm(file) });
    vi.unstubAllGlobals();
    expect(sent).toMatchObject({ type: expect.stringMatching(/^multipart\/form-data; boundary=/) as string });
    expect(sent).toMatchObject({ text: expect.stringContaining('name="file"; filename="名单.csv"') as string });
  });
});
