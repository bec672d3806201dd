/**
 * What a page is made of is compiled while it arrives, beside the page's own work. Without being told, V8 compiles a function
 * when it is first called, on the main thread, and most of what arrives is called at once: a third of the work until the largest
 * text was that, and half of a first chart's drawing (docs/performance.md). Other browsers pass the comment over.
 *
 * Explicit compile hints, https://v8.dev/blog/explicit-compile-hints
 */
import { readFileSync, writeFileSync } from "node:fs";
import { chunkFiles } from "./built.mjs";

const HINT = "//# allFunctionsCalledOnLoad\n";

/** @param {string} build the .next folder */
export function hintAll(build) {
  for (const file of chunkFiles(build)) {
    const text = readFileSync(file, "utf8");
    if (!text.startsWith(HINT)) writeFileSync(file, HINT + text);
  }
}
