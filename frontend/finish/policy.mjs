/**
 * Each page's content security policy, written where Next.js keeps the headers of a prerendered page (its .meta file).
 *
 * A nonce would make every page dynamic, at a tenth of the speed; so the scripts that stand in a page are named by their
 * hashes. The .meta file is internal to Next.js: backend/siji/embedded/tests/test_page_headers.py asks the front door for
 * every page and fails where the header is missing or does not fit the page.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inlineScripts } from "./built.mjs";

/** @param {string} html @param {string} [imageHost] */
export function policyOf(html, imageHost) {
  const hashes = [...new Set(inlineScripts(html).map(hashOf))];
  const rules = {
    "default-src": ["'self'"],
    "script-src": ["'self'", ...hashes],
    // Radix measures menus and locks scrolling by style elements whose text it computes, sonner brings its sheet as one, and
    // React writes style attributes into the HTML: none of them can be hashed. What a style can do to a page that takes
    // no images, fonts or addresses from elsewhere is little.
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:", ...(imageHost ? [`https://${imageHost}`] : [])],
    "media-src": ["'self'", "blob:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    // What was refused is told to the product, which counts it (backend/siji/monitoring/csp.py). No report-to beside it: a browser
    // that knows it takes no notice of report-uri any more, and over plain HTTP tells nobody at all.
    "report-uri": ["/api/v1/csp-reports"],
  };
  return Object.entries(rules)
    .map(([name, sources]) => `${name} ${sources.join(" ")}`)
    .join("; ");
}

/** @param {string} text */
function hashOf(text) {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/**
 * @param {string} folder the standalone build's .next
 * @param {import("./built.mjs").Built} page
 * @param {string} [imageHost]
 */
export function writePolicy(folder, page, imageHost) {
  const file = path.join(folder, `${page.file}.meta`);
  /** @type {{ headers?: Record<string, string> }} */
  const meta = JSON.parse(readFileSync(file, "utf8"));
  meta.headers = { ...meta.headers, "content-security-policy": policyOf(page.html, imageHost) };
  writeFileSync(file, JSON.stringify(meta, null, 2));
}
