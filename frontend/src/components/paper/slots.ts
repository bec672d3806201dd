import type { Schema } from "@/client/types";

export type Section = Schema<"Section">;
export type Item = Schema<"ItemOut">;
export type Passage = Schema<"PassageOut">;
export type KeyOut = Schema<"KeyOut">;

/** The order of the printed paper: W, 1 … 55, T. */
export function slotOrder(slot: string): number {
  if (slot === "W") return 0;
  return slot === "T" ? 1_000 : Number(slot);
}

export function isScript(slot: string): boolean {
  return slot === "W" || slot === "T";
}

export function itemsOf(section: Section, passage: Passage): Item[] {
  return section.items.filter((item) => item.passage === passage.id || passage.slots.includes(item.slot));
}

/** "26–35", "W". */
export function slotRange(slots: readonly string[]): string {
  const [first] = slots;
  const last = slots[slots.length - 1];
  return first === last ? (first ?? "") : `${first}–${last}`;
}
