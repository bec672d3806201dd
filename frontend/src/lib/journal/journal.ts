import type { Entry, JournalStore } from "./entries";
import { IndexedDbStore } from "./indexed-db-store";
import { MemoryStore } from "./memory-store";

const open = new Map<number, Journal>();

/** The one journal of this person in this page. */
export function journalOf(user: number): Journal {
  const known = open.get(user);
  if (known) return known;
  const made = new Journal(new IndexedDbStore(user));
  open.set(user, made);
  return made;
}

/** How many answers of this person wait in this browser: what a sign-out warns of. */
export async function countUnsent(user: number): Promise<number> {
  let sum = 0;
  for (const count of (await journalOf(user).attempts()).values()) sum += count;
  return sum;
}

/** A store that stands in for itself in memory once the browser refuses to keep anything (private mode, disk full). */
export class Journal implements JournalStore {
  private readonly spare = new MemoryStore();
  private failed = false;

  constructor(private readonly store: JournalStore) {}

  /** False once an answer could not be kept: it is still sent, but would not survive a reload. */
  get isDurable(): boolean {
    return !this.failed;
  }

  async put(entry: Entry): Promise<void> {
    try {
      await this.store.put(entry);
    } catch {
      this.failed = true;
      await this.spare.put(entry);
    }
  }

  async remove(entry: Entry): Promise<void> {
    await this.spare.remove(entry);
    await this.attempted(() => this.store.remove(entry), undefined);
  }

  async unsent(attempt: string): Promise<Entry[]> {
    const kept = await this.attempted(() => this.store.unsent(attempt), []);
    return newestOf([...kept, ...(await this.spare.unsent(attempt))]);
  }

  async attempts(): Promise<Map<string, number>> {
    const counts = new Map(await this.attempted(() => this.store.attempts(), new Map<string, number>()));
    for (const [attempt, count] of await this.spare.attempts())
      counts.set(attempt, Math.max(count, counts.get(attempt) ?? 0));
    return counts;
  }

  private async attempted<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await work();
    } catch {
      this.failed = true;
      return otherwise;
    }
  }
}

function newestOf(entries: Entry[]): Entry[] {
  const newest = new Map<string, Entry>();
  for (const entry of entries) {
    const known = newest.get(entry.item);
    if (!known || known.seq < entry.seq) newest.set(entry.item, entry);
  }
  return [...newest.values()];
}
