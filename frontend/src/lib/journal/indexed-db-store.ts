import { type Entry, isOlder, isSame, type JournalStore } from "./entries";

const ANSWERS = "answers";

/** One database for each person, one row for each item of an attempt. Opened on first use and again after the browser closed it. */
export class IndexedDbStore implements JournalStore {
  private opening: Promise<IDBDatabase> | null = null;

  constructor(private readonly user: number) {}

  async put(entry: Entry): Promise<void> {
    const { attempt, item, seq, value } = entry;
    await this.change(entry, (answers, kept) => {
      if (isOlder(kept, entry)) answers.put({ attempt, item, seq, value });
    });
  }

  async remove(entry: Entry): Promise<void> {
    await this.change(entry, (answers, kept) => {
      if (isSame(kept, entry)) answers.delete([entry.attempt, entry.item]);
    });
  }

  async unsent(attempt: string): Promise<Entry[]> {
    // An array sorts after every string, so this is every item of the attempt.
    return this.read(IDBKeyRange.bound([attempt], [attempt, []]));
  }

  async attempts(): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (const { attempt } of await this.read()) counts.set(attempt, (counts.get(attempt) ?? 0) + 1);
    return counts;
  }

  /** Read and write in one transaction, so that two tabs cannot overwrite each other's newer entry. */
  private async change(
    entry: Entry,
    decide: (answers: IDBObjectStore, kept: Entry | undefined) => void,
  ): Promise<void> {
    const database = await this.open();
    // strict: on the disk before it is called written, so that a battery that dies does not take an answer along.
    const transaction = database.transaction(ANSWERS, "readwrite", { durability: "strict" });
    const answers = transaction.objectStore(ANSWERS);
    const request = answers.get([entry.attempt, entry.item]) as IDBRequest<Entry | undefined>;
    request.onsuccess = () => decide(answers, request.result);
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error("The journal refused an answer."));
    });
  }

  private async read(range?: IDBKeyRange): Promise<Entry[]> {
    const database = await this.open();
    return settled(database.transaction(ANSWERS).objectStore(ANSWERS).getAll(range) as IDBRequest<Entry[]>);
  }

  private open(): Promise<IDBDatabase> {
    this.opening ??= this.connect().catch((error: unknown) => {
      this.opening = null;
      throw error;
    });
    return this.opening;
  }

  private async connect(): Promise<IDBDatabase> {
    const request = indexedDB.open(`siji-journal-${this.user}`, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(ANSWERS, { keyPath: ["attempt", "item"] });
    const database = await settled(request);
    const forget = () => {
      this.opening = null;
    };
    database.onclose = forget;
    database.onversionchange = () => {
      database.close();
      forget();
    };
    return database;
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The journal cannot be read."));
  });
}
