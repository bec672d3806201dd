/**
 * After `next build`, before the first start: the pages' policies into the standalone build, a hint for the browser into their
 * scripts, and what they weigh against their budgets. Fails the build where a page is not static, too heavy, or loads a library
 * that it does not show.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { builtPages } from "./built.mjs";
import { hintAll } from "./eager.mjs";
import { writePolicy } from "./policy.mjs";
import { complaints, table, unseen, weigh } from "./weigh.mjs";

const root = path.resolve(import.meta.dirname, "..");
const build = path.join(root, ".next");

const pages = builtPages(build);
for (const page of pages) writePolicy(path.join(build, "standalone", ".next"), page, process.env.SIJI_IMAGE_HOST);
hintAll(build);

/** @type {import("./weigh.mjs").Budgets} */
const budgets = JSON.parse(readFileSync(path.join(root, "budgets.json"), "utf8"));
const weights = weigh(build, pages, budgets);
console.log(table(weights));
/** @type {{ dependencies: Record<string, string> }} */
const { dependencies } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const wrong = [...complaints(weights, budgets), ...unseen(build, budgets, dependencies)];
if (wrong.length > 0) {
  console.error(["", "The build is refused:", ...wrong].join("\n"));
  process.exit(1);
}
