import { itemsOf, type Section } from "@/components/paper/slots";

/** The letters that may answer a question; none for a script. */
export function lettersOf(sections: readonly Section[], slot: string): string[] {
  for (const section of sections) {
    const item = section.items.find((each) => each.slot === slot);
    if (!item) continue;
    if (item.choices.length > 0) return item.choices.map(({ letter }) => letter);
    const passage = section.passages.find((each) => itemsOf(section, each).includes(item));
    if (!passage) return [];
    return passage.bank.length > 0 ? passage.bank.map(({ letter }) => letter) : passage.letters;
  }
  return [];
}
