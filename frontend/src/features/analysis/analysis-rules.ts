import type { Schema } from "@/client/types";

export type Analysis = Schema<"AssignmentAnalysis">;
export type Row = Schema<"ItemRow">;
export type ItemView = Schema<"ItemAnalysis">;

export const orders = ["paper", "facility", "discrimination"] as const;
export type Order = (typeof orders)[number];

/** The order of the paper, or what needs a word first: the hardest, or what divides least. */
export function ordered(rows: readonly Row[], order: Order): Row[] {
  if (order === "paper") return [...rows];
  if (order === "facility") return [...rows].sort((a, b) => a.facility - b.facility);
  const most = Number.POSITIVE_INFINITY;
  return [...rows].sort((a, b) => (a.discrimination ?? most) - (b.discrimination ?? most));
}

/** Easy is a praise and no reason to talk about an item. */
export function needsAWord(row: Row): boolean {
  return row.flags.some((flag) => flag !== "easy");
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** "0.43", "−0.12"; "–" where there is none. */
export function index(value: number | null): string {
  return value === null ? "–" : value.toFixed(2).replace("-", "−");
}

/** To one decimal, without a needless ".0"; "–" for nothing. */
export function one(value: number | null): string {
  return value === null ? "–" : String(Math.round(value * 10) / 10);
}

/** What stands behind a letter: a choice, a word of the bank, a paragraph. */
export function textOf({ item, passage }: Pick<ItemView, "item" | "passage">, letter: string): string {
  const choice = item.choices.find((it) => it.letter === letter) ?? passage?.bank.find((it) => it.letter === letter);
  return choice?.text ?? "";
}

/** Every letter that was offered, chosen or not, in order; then what was sent and never offered; the blank last. */
export function allChoices(view: ItemView): ItemView["choices"] {
  const offered = lettersOf(view);
  const chosen = new Map(view.choices.map((choice) => [choice.letter, choice]));
  const isKey = (letter: string) => letter === view.item.key?.key;
  const known = offered.map(
    (letter) => chosen.get(letter) ?? { letter, count: 0, is_key: isKey(letter), trap: null, students: [] },
  );
  // A bank of fifteen words or ten paragraphs: only those that somebody chose, and the key.
  const shown = offered.length > 4 ? known.filter(({ count, letter }) => count > 0 || isKey(letter)) : known;
  const strange = view.choices.filter(({ letter }) => letter !== "" && !offered.includes(letter));
  const blank = view.choices.filter(({ letter }) => letter === "");
  return [...shown, ...strange, ...blank];
}

function lettersOf({ item, passage }: ItemView): string[] {
  if (item.choices.length > 0) return item.choices.map(({ letter }) => letter);
  if (passage && passage.bank.length > 0) return passage.bank.map(({ letter }) => letter);
  return passage?.letters ?? [];
}
