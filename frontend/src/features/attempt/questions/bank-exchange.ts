/** What putting a word of the bank into a blank changes: slot → letter. Each word is in one blank at the most. */
export function placeWord(values: ReadonlyMap<string, string>, slot: string, letter: string): Map<string, string> {
  const changes = new Map<string, string>([[slot, letter]]);
  if (letter === "") return changes;
  for (const [other, value] of values) {
    // The word was elsewhere: the two blanks exchange what they hold.
    if (other !== slot && value === letter) changes.set(other, values.get(slot) ?? "");
  }
  return changes;
}

/** The next blank without a word after this one, from the front again at the end; null when all have one. */
export function nextEmpty(values: ReadonlyMap<string, string>, slot: string): string | null {
  const slots = [...values.keys()];
  const from = slots.indexOf(slot) + 1;
  return [...slots.slice(from), ...slots.slice(0, from)].find((other) => other !== slot && !values.get(other)) ?? null;
}
