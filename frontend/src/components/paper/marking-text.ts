/** A stretch of text, and whether a quote covers it. */
export interface Stretch {
  text: string;
  /** The index of the quote that covers it; null for none. */
  quote: number | null;
}

/** Cuts a text at the quotes found in it, in the order of the text. A quote that is not there, or overlaps one before it, marks nothing. */
export function markQuotes(text: string, quotes: readonly string[]): Stretch[] {
  const found = quotes
    .map((quote, index) => ({ index, start: quote ? text.indexOf(quote) : -1, length: quote.length }))
    .filter(({ start }) => start >= 0)
    .sort((one, other) => one.start - other.start);
  const stretches: Stretch[] = [];
  let at = 0;
  for (const { index, start, length } of found) {
    if (start < at) continue;
    if (start > at) stretches.push({ text: text.slice(at, start), quote: null });
    stretches.push({ text: text.slice(start, start + length), quote: index });
    at = start + length;
  }
  if (at < text.length) stretches.push({ text: text.slice(at), quote: null });
  return stretches;
}

/** A cloze paragraph as text and blanks: "{{26}}" is the blank of slot 26. */
export function splitBlanks(paragraph: string): { text: string; slot: string | null }[] {
  return paragraph
    .split(/(\{\{\w+\}\})/)
    .filter((part) => part !== "")
    .map((part) => {
      const slot = /^\{\{(\w+)\}\}$/.exec(part)?.[1] ?? null;
      return { text: slot ? "" : part, slot };
    });
}

/** `{{26}}` as a printed paper shows it. */
export function withGaps(text: string): string {
  return text.replace(/\{\{(\w+)\}\}/g, "__$1__");
}
