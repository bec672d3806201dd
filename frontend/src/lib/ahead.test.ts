import { delay } from "msw";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askScript } from "@/components/shell/ask-script";
import { askAhead, forgetAhead, timesOf } from "@/lib/ahead";
import { api } from "@/lib/api";
import { asks, asksOf, ME } from "@/lib/asks";
import { ok, onApi } from "@/test/server";

let asked: string[] = [];

function onPapers(answer: () => unknown = () => ({ items: [] })) {
  onApi("get", "/papers", (request) => {
    asked.push(new URL(request.url).pathname);
    return ok(answer() as object);
  });
}

beforeEach(() => {
  asked = [];
  forgetAhead();
});
afterEach(() => window.history.replaceState(null, "", "/"));

describe("what was asked ahead", () => {
  it("is taken by the page that needs it, once", async () => {
    onPapers();
    askAhead("/papers");
    await api.GET("/api/v1/papers");
    expect(asked).toHaveLength(1);
    await api.GET("/api/v1/papers");
    expect(asked).toHaveLength(2);
  });

  it("is not asked again while it is fresh", async () => {
    onPapers();
    await api.GET("/api/v1/papers");
    askAhead("/papers");
    await delay(50);
    expect(asked).toHaveLength(1);
  });

  it("is forgotten once something was changed", async () => {
    let title = "旧题";
    onPapers(() => ({ items: [title] }));
    onApi("delete", "/session", () => new Response(null, { status: 204 }));
    askAhead("/papers");
    await expect.poll(() => asked).toHaveLength(1);
    title = "新题";
    await api.DELETE("/api/v1/session");
    const { data } = await api.GET("/api/v1/papers");
    expect(data).toEqual({ items: ["新题"] });
  });

  it("is asked again where it waited too long", async () => {
    onPapers();
    askAhead("/papers");
    const waiting = window.sijiAhead?.["/api/v1/papers"];
    if (waiting) waiting.askedAt -= 16_000;
    await api.GET("/api/v1/papers");
    await expect.poll(() => asked).toHaveLength(2);
  });

  it("tells when it was true, not when it was taken", async () => {
    onPapers();
    askAhead("/papers");
    await expect.poll(() => window.sijiAhead?.["/api/v1/papers"]?.heardAt).toBeGreaterThan(0);
    await delay(120);
    const { response } = await api.GET("/api/v1/papers");
    expect(performance.now() - (timesOf(response)?.heardAt ?? Infinity)).toBeGreaterThan(100);
  });
});

describe("the script in the page", () => {
  const addresses = [
    ...Object.keys(asks).map((place) => place.replace(":id", "12")),
    "/account",
    "/courses?status=draft",
    "/courses/5?tab=students",
    "/papers/5/",
    "/a/b/c",
  ];

  it.each(addresses)("asks at %s what a link to it would, and who is here", (address) => {
    const urls: string[] = [];
    const outside = window.fetch;
    window.fetch = ((url: string) => (urls.push(url), Promise.resolve(new Response()))) as typeof fetch;
    window.history.replaceState(null, "", `/zh${address === "/" ? "" : address}`);
    try {
      window.eval(askScript);
    } finally {
      window.fetch = outside;
    }
    expect(urls).toEqual([ME, ...asksOf(address)]);
    expect(Object.keys(window.sijiAhead ?? {})).toEqual(urls);
  });

  it("asks nothing where nobody is signed in", () => {
    window.history.replaceState(null, "", "/en/sign-in?next=%2Fcourses");
    window.eval(askScript);
    expect(window.sijiAhead).toEqual({});
  });
});
