import { delay } from "msw";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askScript } from "@/components/shell/ask-script";
import { askAhead, forgetAhead, timesOf } from "@/lib/ahead";
import { api } from "@/lib/api";
import { asks, asksOf, ME, ofShell, silent } from "@/lib/asks";
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
    askAhead("/papers", "student");
    await api.GET("/api/v1/papers");
    expect(asked).toHaveLength(1);
    await api.GET("/api/v1/papers");
    expect(asked).toHaveLength(2);
  });

  it("is not asked again while it is fresh", async () => {
    onPapers();
    await api.GET("/api/v1/papers");
    askAhead("/papers", "student");
    await delay(50);
    expect(asked).toHaveLength(1);
  });

  it("is forgotten once something was changed", async () => {
    let title = "旧题";
    onPapers(() => ({ items: [title] }));
    onApi("delete", "/session", () => new Response(null, { status: 204 }));
    askAhead("/papers", "student");
    await expect.poll(() => asked).toHaveLength(1);
    title = "新题";
    await api.DELETE("/api/v1/session");
    const { data } = await api.GET("/api/v1/papers");
    expect(data).toEqual({ items: ["新题"] });
  });

  it("is asked again where it waited too long", async () => {
    onPapers();
    askAhead("/papers", "student");
    const waiting = window.sijiAhead?.["/api/v1/papers"];
    if (waiting) waiting.askedAt -= 16_000;
    await api.GET("/api/v1/papers");
    await expect.poll(() => asked).toHaveLength(2);
  });

  it("tells when it was true, not when it was taken", async () => {
    onPapers();
    askAhead("/papers", "student");
    await expect.poll(() => window.sijiAhead?.["/api/v1/papers"]?.heardAt).toBeGreaterThan(0);
    await delay(120);
    const { response } = await api.GET("/api/v1/papers");
    expect(performance.now() - (timesOf(response)?.heardAt ?? Infinity)).toBeGreaterThan(100);
  });
});

describe("the script in the page", () => {
  const addresses = [
    ...Object.keys(asks).map((place) => place.replace(":id", "12")),
    "/elsewhere",
    "/courses?status=draft",
    "/courses/5?tab=students",
    "/papers/5/",
    "/a/b/c",
  ];
  const outside = window.fetch;
  afterEach(() => {
    window.fetch = outside;
  });

  async function askedAt(address: string, me: Response): Promise<string[]> {
    const urls: string[] = [];
    window.fetch = ((url: string) => {
      urls.push(url);
      return Promise.resolve(url === ME ? me : new Response());
    }) as typeof fetch;
    window.history.replaceState(null, "", `/zh${address === "/" ? "" : address}`);
    window.eval(askScript);
    await delay(20);
    return urls;
  }

  it.each(addresses.flatMap((address) => (["student", "teacher", "admin"] as const).map((role) => [address, role])))(
    "asks at %s what a link to it would for a %s, who is here and what is new",
    async (address, role) => {
      const urls = await askedAt(address, ok({ role }));
      const shell = address.startsWith("/attempt/") ? [] : [ofShell];
      const who = silent.includes(address) ? [] : [ME, ...shell];
      expect([...urls].sort()).toEqual([...who, ...asksOf(address, role as "student")].sort());
      expect(Object.keys(window.sijiAhead ?? {})).toEqual(urls);
    },
  );

  it("asks nothing more where nobody is signed in after all", async () => {
    const urls = await askedAt("/papers/12", new Response(null, { status: 401 }));
    expect(urls).toEqual([ME, "/api/v1/papers/12", ofShell]);
  });

  it("asks nothing where nobody can be signed in", async () => {
    expect(await askedAt("/sign-in?next=%2Fcourses", ok({}))).toEqual([]);
  });
});
