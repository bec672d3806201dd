import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { builtPages, inlineScripts, scriptFiles } from "./built.mjs";
import { hintAll } from "./eager.mjs";
import { policyOf, writePolicy } from "./policy.mjs";
import { complaints, unseen, weigh } from "./weigh.mjs";

const SHELL = `<head><script>var theme = "light"</script>
<script src="/_next/static/chunks/a.js" async=""></script><script src="/_next/static/chunks/old.js" noModule=""></script></head>
<body><script src="/_next/static/chunks/b.js?v=1" id="_R_"></script><script id="data">push([1,"</p>"])</script></body>`;

/** A build of one page in both languages, as Next.js leaves it. */
function aBuild(
  html = SHELL,
  routes: Record<string, string> = { "/[locale]/(signed)/papers/page": "/[locale]/papers" },
) {
  const build = mkdtempSync(path.join(tmpdir(), "a build "));
  onTestFinished(() => rmSync(build, { recursive: true }));
  for (const folder of ["server/app/zh", "server/app/en", "static/chunks"])
    mkdirSync(path.join(build, folder), { recursive: true });
  writeFileSync(path.join(build, "app-path-routes-manifest.json"), JSON.stringify(routes));
  for (const locale of ["zh", "en"]) {
    writeFileSync(path.join(build, `server/app/${locale}/papers.html`), html);
    writeFileSync(path.join(build, `server/app/${locale}/papers.meta`), JSON.stringify({ headers: { etag: "kept" } }));
  }
  writeFileSync(path.join(build, "static/chunks/a.js"), `"use strict";console.log("react-flow__node")`);
  writeFileSync(path.join(build, "static/chunks/b.js"), Array.from({ length: 3000 }, (_, at) => at ** 3).join());
  return build;
}

const flow = { signs: ["react-flow__"], pages: ["/[locale]/papers"] };

describe("the pages of a build", () => {
  it("are found in both languages, without being listed", () => {
    expect(builtPages(aBuild()).map(({ address }) => address)).toEqual(["/zh/papers", "/en/papers"]);
  });

  it("are refused where one is made for each request", () => {
    const routes = { "/[locale]/today/page": "/[locale]/today" };
    expect(() => builtPages(aBuild(SHELL, routes))).toThrow("/[locale]/today: not static");
  });

  it("are refused where one takes an id", () => {
    const routes = { "/[locale]/papers/[id]/page": "/[locale]/papers/[id]" };
    expect(() => builtPages(aBuild(SHELL, routes))).toThrow("pagesWithId");
  });

  it("name their files for present browsers, and hold scripts of their own", () => {
    expect(scriptFiles(SHELL)).toEqual(["static/chunks/a.js", "static/chunks/b.js"]);
    expect(inlineScripts(SHELL)).toEqual([`var theme = "light"`, `push([1,"</p>"])`]);
  });
});

describe("the scripts of a build", () => {
  it("are compiled while they arrive, and say so once", () => {
    const build = aBuild();
    writeFileSync(path.join(build, "static/chunks/looks.css"), ".chart {}");
    for (let times = 0; times < 2; times++) hintAll(build);
    const text = (name: string) => readFileSync(path.join(build, "static/chunks", name), "utf8");
    expect(text("a.js")).toBe(`//# allFunctionsCalledOnLoad\n"use strict";console.log("react-flow__node")`);
    expect(text("b.js")).toMatch(/^\/\/# allFunctionsCalledOnLoad\n0,1,8/);
    expect(text("looks.css")).toBe(".chart {}");
  });
});

describe("a page's policy", () => {
  it("allows the scripts that stand in it, and no other", () => {
    const scripts = /script-src ([^;]+);/.exec(policyOf(SHELL))?.[1]?.split(" ");
    const hashes = inlineScripts(SHELL).map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
    expect(scripts).toEqual(["'self'", ...hashes]);
  });

  it("takes pictures from the host that the build names", () => {
    expect(policyOf(SHELL)).toContain("img-src 'self' data: blob:;");
    expect(policyOf(SHELL, "img.school.cn")).toContain("img-src 'self' data: blob: https://img.school.cn;");
  });

  it("is written beside the headers that the page has", () => {
    const build = aBuild();
    for (const page of builtPages(build)) writePolicy(build, page);
    const meta: unknown = JSON.parse(readFileSync(path.join(build, "server/app/en/papers.meta"), "utf8"));
    expect(meta).toEqual({ headers: { etag: "kept", "content-security-policy": policyOf(SHELL) } });
  });
});

describe("what a page weighs", () => {
  const weights = (budget: number, libraries = {}) => {
    const build = aBuild();
    const budgets = { page: budget, pages: {}, libraries };
    return { budgets, found: weigh(build, builtPages(build), budgets) };
  };

  it("is what travels: compressed, each file once, without what old browsers load", () => {
    const [zh] = weights(100).found;
    expect(zh?.kb).toBeGreaterThan(5);
    expect(zh?.kb).toBeLessThan(20);
  });

  it("may not be more than its budget", () => {
    const { budgets, found } = weights(5);
    expect(complaints(found, budgets)[0]).toMatch(/\/\[locale\]\/papers: [\d.]+ KB of script, its budget is 5 KB/);
    expect(complaints(found, { ...budgets, page: 100 })).toHaveLength(2);
    expect(complaints(weights(100).found, budgets)).toEqual([]);
  });

  it("holds a heavy library only where it is shown", () => {
    const elsewhere = weights(100, { flow: { ...flow, pages: [] } });
    expect(complaints(elsewhere.found, elsewhere.budgets)[0]).toMatch(/papers: loads flow at once/);
    const here = weights(100, { flow });
    expect(complaints(here.found, here.budgets)).toEqual([]);
  });

  it("is not taken for light because a library is no longer known by its sign", () => {
    const build = aBuild();
    const budgets = { page: 100, pages: {}, libraries: { flow, old: { signs: ["gone from it"], pages: [] } } };
    expect(unseen(build, budgets, { flow: "1", old: "1" })).toEqual([expect.stringMatching(/^old: none of its signs/)]);
    expect(unseen(build, budgets, { flow: "1" })).toEqual([]);
  });

  it("has no budget for a page that is gone", () => {
    const { budgets, found } = weights(100);
    const gone = { ...budgets, pages: { "/[locale]/gone": 1 } };
    expect(complaints(found, gone)).toEqual(["/[locale]/gone: has a budget and is not a page"]);
  });
});
