/**
 * What `next build` has made: every page in every language, with the scripts it brings. Nothing is listed by hand, so a
 * page added tomorrow is checked tomorrow.
 *
 * @typedef {object} Built
 * @property {string} route   the page in the app folder: "/[locale]/courses"
 * @property {string} address where it is shown: "/zh/courses"
 * @property {string} file    its HTML inside the build, without the ending: "server/app/zh/courses"
 * @property {string} html
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const LOCALES = ["zh", "en"];
const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script>/g;

/** Pages of Next.js itself: shown for any address. */
const OWN = ["/_not-found", "/_global-error"];

/**
 * Throws where a page is not static in both languages: it would have no policy, and no shell to show at once.
 *
 * @param {string} build the .next folder
 * @returns {Built[]}
 */
export function builtPages(build) {
  /** @type {Record<string, string>} */
  const routes = JSON.parse(readFileSync(path.join(build, "app-path-routes-manifest.json"), "utf8"));
  const pages = Object.entries(routes).filter(([source]) => source.endsWith("/page"));
  return pages.flatMap(([, route]) => addressesOf(route).map((address) => read(build, route, address)));
}

/** @param {string} route */
function addressesOf(route) {
  if (OWN.includes(route)) return [route];
  const rest = route.replace("/[locale]", "");
  if (rest.includes("["))
    throw new Error(`${route}: a page with an id is static by a rewrite (next.config.ts, pagesWithId)`);
  return LOCALES.map((locale) => `/${locale}${rest}`);
}

/** @param {string} build @param {string} route @param {string} address @returns {Built} */
function read(build, route, address) {
  const file = `server/app${address}`;
  const html = path.join(build, `${file}.html`);
  if (!existsSync(html)) throw new Error(`${route}: not static (no ${html}). Is something read per request in it?`);
  return { route, address, file, html: readFileSync(html, "utf8") };
}

/** @param {string} build @returns {string[]} every script that a browser may load, with its whole path */
export function chunkFiles(build) {
  const chunks = path.join(build, "static", "chunks");
  const names = readdirSync(chunks, { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(".js")).map((name) => path.join(chunks, name));
}

/** @param {string} html @returns {string[]} the text of each script that stands in the page itself */
export function inlineScripts(html) {
  return [...html.matchAll(SCRIPT)]
    .filter(([, attributes]) => !/\ssrc=/.test(attributes ?? ""))
    .map(([, , text]) => text ?? "");
}

/**
 * The files that a present browser loads; old ones get another file beside them (noModule).
 *
 * @param {string} html
 * @returns {string[]} "static/chunks/….js" inside the build
 */
export function scriptFiles(html) {
  const named = [...html.matchAll(SCRIPT)].flatMap(([, attributes = ""]) => {
    const source = /\ssrc="\/_next\/([^"?]+)/.exec(attributes)?.[1];
    return source && !/\snoModule\b/i.test(attributes) ? [source] : [];
  });
  return [...new Set(named)];
}
