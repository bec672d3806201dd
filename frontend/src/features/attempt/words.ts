/**
 * English words as the examiner counts them: the same rule as `siji.language.text`, and the same cases in the test.
 *
 * A contraction or hyphenated word is one, a number with its separators and unit is one, an abbreviation with dots is one.
 */
const LETTER = "A-Za-zÀ-ÖØ-öø-ɏ";
const UNIT = `(?:(?:[${LETTER}]\\.){2,}|\\d+(?:[.,:]\\d+)*[${LETTER}]*|[${LETTER}][${LETTER}\\d]*)`;
const WORD = new RegExp(`${UNIT}(?:[-‐‑'’]${UNIT})*`, "g");

export function countWords(text: string): number {
  return text.match(WORD)?.length ?? 0;
}
