export interface Hit {
  /** Which block of the whole document, from 0. */
  block: number;
  /** Where in its text. */
  at: number;
}

/** Every place of a text in the blocks, without regard to case; spaces in what is sought match any or none, as PDFs have them. */
export function find(texts: readonly string[], sought: string): Hit[] {
  const words = sought.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const pattern = new RegExp(words.map(escaped).join("\\s*"), "giu");
  return texts.flatMap((text, block) => [...text.matchAll(pattern)].map((hit) => ({ block, at: hit.index })));
}

/** The text cut at the places of what is sought: every second part, from the second on, is a place. */
export function cut(text: string, sought: string): string[] {
  const words = sought.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [text];
  return text.split(new RegExp(`(${words.map(escaped).join("\\s*")})`, "giu"));
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, (sign) => `\\u{${sign.codePointAt(0)?.toString(16) ?? ""}}`);
}
