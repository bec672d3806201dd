import { type Entry, isOlder, isSame, type JournalStore } from "./entries";

/** For browsers that refuse IndexedDB (the page says that nothing survives a reload then) and for tests. */
export class MemoryStore implements JournalStore {
  private readonly entries = new Map<string, Entry>();

  put(entry: Entry): Promise<void> {
    const key = keyOf(entry);
    if (isOlder(this.entries.get(key), entry)) this.entries.set(key, { ...entry });
    return Promise.resolve();
  }

  remove(entry: Entry): Promise<void> {
    const key = keyOf(entry);
    if (isSame(this.entries.get(key), entry)) this.entries.delete(key);
    return Promise.resolve();
  }

  unsent(attempt: string): Promise<Entry[]> {
    return Promise.resolve([...this.entries.values()].filter((entry) => entry.attempt === attempt));
  }

  attempts(): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (const { attempt } of this.entries.values()) counts.set(attempt, (counts.get(attempt) ?? 0) + 1);
    return Promise.resolve(counts);
  }
}

function keyOf(entry: Entry): string {
  return `${entry.attempt}/${entry.item}`;
}
