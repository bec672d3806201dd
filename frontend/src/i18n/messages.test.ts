import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { everywhere, messagesOf } from "@/i18n/messages";

type Tree = { [key: string]: string | Tree };

const SRC = path.resolve(import.meta.dirname, "..");

function leaves(tree: Tree, before = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[before + key, value] as [string, string]] : leaves(value, `${before}${key}.`),
  );
}

const zh = new Map(leaves(messagesOf.zh));
const en = new Map(leaves(messagesOf.en));

describe("the catalogues", () => {
  it("have the same keys in both languages", () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort());
  });

  it("leave no sentence empty", () => {
    const empty = [...zh, ...en].filter(([, text]) => !text.trim()).map(([key]) => key);
    expect(empty).toEqual([]);
  });

  it("fill in the same values in both languages", () => {
    const values = (text = "") => [...new Set([...text.matchAll(/\{(\w+)\s*[,}]/g)].map((found) => found[1]))].sort();
    const different = [...zh.keys()].filter((key) => values(zh.get(key)).join() !== values(en.get(key)).join());
    expect(different).toEqual([]);
  });

  it("are all loaded: each file on disk is one namespace", () => {
    const files = readdirSync(path.resolve(SRC, "../messages/zh")).map((name) => name.replace(".json", ""));
    expect(files.sort()).toEqual(Object.keys(messagesOf.zh).sort());
  });
});

/** Follows the imports of a file within src. */
function reach(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, name] of readFileSync(file, "utf8").matchAll(/(?:from |import\()"@\/([^"]+)"/g)) {
    const found = [`${name}.ts`, `${name}.tsx`].map((it) => path.join(SRC, it)).find((it) => existsSync(it));
    if (found) reach(found, seen);
  }
  return seen;
}

function pages(folder = path.join(SRC, "app")): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith("page.tsx"))
    .map((name) => path.join(folder, name));
}

describe("each page", () => {
  it.each(pages())("%s brings the catalogues that its components speak from", (page) => {
    const source = readFileSync(page, "utf8");
    const given = /FeatureMessages\s+of=\{\[([^\]]*)\]\}/.exec(source)?.[1] ?? "";
    const brought = new Set<string>([...everywhere, ...[...given.matchAll(/"(\w+)"/g)].map((found) => found[1] ?? "")]);
    const spoken = [...reach(page)].flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/useTranslations\("(\w+)/g)].map((found) => found[1] ?? ""),
    );
    expect(spoken.filter((name) => !brought.has(name))).toEqual([]);
  });

  it.each(pages().filter((page) => page.includes("(signed)")))("%s holds back what is for somebody", (page) => {
    expect(readFileSync(page, "utf8")).toMatch(/<SignedIn waiting=\{<\w+ \/>\}>/);
  });
});
