import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const SRC = path.resolve(import.meta.dirname, "..");
const CHINESE = /[\u3400-\u9fff\uff00-\uffef\u3000-\u303f]/;
const WORD = /\p{L}{2,}/u;
/** Attributes that somebody sees or hears. */
const SAID = /^(aria-label|aria-description|aria-valuetext|alt|title|placeholder|label|about|hint|action)$/;
/** The mark of the product is a picture that happens to be a character. */
const MARKS = new Set(["四"]);
/** The first stands outside every language, so it says what it says in both; the others are for developers alone. */
const OUTSIDE = /^app\/global-not-found\.tsx$|^features\/style\//;
/** What somebody types, which nobody is told. */
const TYPED = new Set(["："]);

/** What people would read in a source file that comes from no catalogue. */
export function spokenIn(name: string, source: string): string[] {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (
      text !== null &&
      !MARKS.has(text.trim()) &&
      !TYPED.has(text) &&
      isSpoken(node, text) &&
      !isInBothLanguages(node)
    )
      found.push(text.trim());
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function textOf(node: ts.Node): string | null {
  const hasText = ts.isJsxText(node) || ts.isStringLiteralLike(node) || ts.isTemplateHead(node);
  return hasText || ts.isTemplateMiddle(node) || ts.isTemplateTail(node) ? node.text : null;
}

/** Chinese is nowhere a name in code. Other letters are words where they stand in the page or in what is said of it. */
function isSpoken(node: ts.Node, text: string): boolean {
  if (CHINESE.test(text)) return true;
  if (!WORD.test(text)) return false;
  if (ts.isJsxText(node)) return true;
  const place = node.parent;
  if (ts.isJsxExpression(place) && !ts.isJsxAttribute(place.parent)) return true;
  return ts.isJsxAttribute(place) && SAID.test(place.name.getText());
}

/** `{ zh: "…", en: "…" }`: words as the server sends them, which the reader's language is picked from. */
function isInBothLanguages(node: ts.Node): boolean {
  const object = ts.isPropertyAssignment(node.parent) ? node.parent.parent : null;
  if (object === null || !ts.isObjectLiteralExpression(object)) return false;
  const names = object.properties.map((property) => property.name?.getText());
  return names.includes("zh") && names.includes("en");
}

function sources(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|^test\/|^client\/|\.d\.ts$/.test(name) && !OUTSIDE.test(name),
  );
}

describe("what people read", () => {
  it.each(sources())("%s takes it from the catalogues", (name) => {
    expect(spokenIn(name, readFileSync(path.join(SRC, name), "utf8"))).toEqual([]);
  });

  it.each([
    ["<p>Sign in</p>", "Sign in"],
    ["<p>登录</p>", "登录"],
    ['<Input placeholder="Your name" />', "Your name"],
    ['<Button aria-label="关闭" />', "关闭"],
    ['<Field label="Name">{control}</Field>', "Name"],
    ['<p>{"Nothing here"}</p>', "Nothing here"],
    ["toast(`${count} 题`)", "题"],
    ['const reason = { zh: "没有保存。" }', "没有保存。"],
  ])("would be seen in %s", (source, words) => {
    expect(spokenIn("a.tsx", source)).toEqual([words]);
  });

  it.each([
    '<p className="text-sm font-medium">{t("signIn")}</p>',
    '<p lang="en">{name} · {count}%</p>',
    '<option value="draft">—</option>',
    'const reason = { zh: "没有保存。", en: "Not saved." }',
    "/* 登录 */",
  ])("is not in %s", (source) => {
    expect(spokenIn("a.tsx", source)).toEqual([]);
  });
});
