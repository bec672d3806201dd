/**
 * What every page needs before it can show anything is compiled while it arrives, beside the page's own work. Without being
 * told, V8 compiles a function when it is first called, and most of what a first load brings is called at once: a third of the
 * main thread's work until the largest text was that (docs/performance.md). Other browsers pass the comment over.
 *
 * Explicit compile hints, https://v8.dev/blog/explicit-compile-hints
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { scriptFiles } from "./built.mjs";

const HINT = "//# allFunctionsCalledOnLoad\n";

/**
 * Only the scripts that a page's HTML names: of a library that comes later, on its own page, much is never called.
 *
 * @param {string} build @param {import("./built.mjs").Built[]} pages
 */
export function hintFirstLoads(build, pages) {
  for (const name of new Set(pages.flatMap(({ html }) => scriptFiles(html)))) {
    const file = path.join(build, name);
    const text = readFileSync(file, "utf8");
    if (!text.startsWith(HINT)) writeFileSync(file, HINT + text);
  }
}
