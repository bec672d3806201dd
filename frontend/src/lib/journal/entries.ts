/**
 * The journal: answers that the server has not acknowledged, kept by this browser.
 *
 * It belongs to a person, not to a session: it outlives reloads, sign-out and an expired session, and nobody else's
 * sign-in sends it. An answer is written here before it is sent and leaves only when exactly it was acknowledged.
 */

export interface Entry {
  attempt: string;
  item: string;
  /** The item's counter: the highest wins, here and on the server. Never a device time. */
  seq: number;
  value: string;
}

export interface JournalStore {
  /** Keeps the entry unless one with a higher seq is there already (another tab's). */
  put(entry: Entry): Promise<void>;
  /** Removes the entry only while it is still this seq with this value: what was typed since stays. */
  remove(entry: Entry): Promise<void>;
  unsent(attempt: string): Promise<Entry[]>;
  /** Every attempt with unsent answers, and how many. */
  attempts(): Promise<Map<string, number>>;
}

export function isOlder(kept: Entry | undefined, entry: Entry): boolean {
  return kept === undefined || kept.seq <= entry.seq;
}

export function isSame(kept: Entry | undefined, entry: Entry): boolean {
  return kept?.seq === entry.seq && kept.value === entry.value;
}
