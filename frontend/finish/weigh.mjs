/**
 * What a page costs on the first visit: the scripts that its HTML names, as they travel (gzip), against budgets.json.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { chunkFiles, scriptFiles } from "./built.mjs";

const KB = 1024;

/**
 * @typedef {object} Budgets
 * @property {number} page                       gzipped KB of script for a page that is not named
 * @property {Record<string, number>} pages      the same, of pages with a reason to differ
 * @property {Record<string, { signs: string[], pages: string[] }>} libraries heavy ones, by what only their code says, and where they may be
 *
 * @typedef {object} Weight
 * @property {string} route
 * @property {number} kb
 * @property {number} budget
 * @property {string[]} libraries found in its first load
 */

/** @param {string} build @param {import("./built.mjs").Built[]} pages @param {Budgets} budgets @returns {Weight[]} */
export function weigh(build, pages, budgets) {
  /** @type {Map<string, { size: number, text: string }>} */
  const files = new Map();
  const read = (/** @type {string} */ name) => {
    const known = files.get(name);
    if (known) return known;
    const bytes = readFileSync(path.join(build, name));
    const file = { size: gzipSync(bytes, { level: 9 }).length, text: bytes.toString("utf8") };
    files.set(name, file);
    return file;
  };
  return pages.map(({ route, html }) => {
    const scripts = scriptFiles(html).map(read);
    const libraries = Object.entries(budgets.libraries).filter(([, { signs }]) =>
      scripts.some(({ text }) => signs.some((sign) => text.includes(sign))),
    );
    return {
      route,
      kb: scripts.reduce((sum, { size }) => sum + size, 0) / KB,
      budget: budgets.pages[route] ?? budgets.page,
      libraries: libraries.map(([name]) => name),
    };
  });
}

/** @param {Weight[]} weights @param {Budgets} budgets @returns {string[]} what is wrong, in words */
export function complaints(weights, budgets) {
  const known = new Set(weights.map(({ route }) => route));
  return [
    ...weights.flatMap(({ route, kb, budget }) =>
      kb > budget ? [`${route}: ${kb.toFixed(1)} KB of script, its budget is ${budget} KB`] : [],
    ),
    ...weights.flatMap(({ route, libraries }) =>
      libraries
        .filter((name) => !budgets.libraries[name]?.pages.includes(route))
        .map((name) => `${route}: loads ${name} at once and is not one of the pages that show it (next/dynamic)`),
    ),
    ...Object.keys(budgets.pages)
      .filter((route) => !known.has(route))
      .map((route) => `${route}: has a budget and is not a page`),
  ];
}

/**
 * A sign that is found in no chunk at all shows nothing: the library has changed, or is not what package.json says.
 *
 * @param {string} build @param {Budgets} budgets @param {Record<string, string>} dependencies
 */
export function unseen(build, budgets, dependencies) {
  const texts = chunkFiles(build).map((file) => readFileSync(file, "utf8"));
  return Object.entries(budgets.libraries)
    .filter(([name]) => name in dependencies)
    .filter(([, { signs }]) => !texts.some((text) => signs.some((sign) => text.includes(sign))))
    .map(([name]) => `${name}: none of its signs is in any chunk, so it would be found on no page (budgets.json)`);
}

/** @param {Weight[]} weights */
export function table(weights) {
  const rows = weights.map(
    ({ route, kb, budget }) => `  ${route.padEnd(28)} ${kb.toFixed(1).padStart(7)} of ${budget} KB`,
  );
  return ["First load, scripts as they travel (gzip):", ...new Set(rows)].join("\n");
}
