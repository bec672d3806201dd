/**
 * Notices when the exam page is left (another tab, another program, the phone's lock) and reports it, as the page tells the
 * student it does. What could not be sent is kept and sent again; a page that is loaded anew ends what the last one left open.
 *
 * Another tab with the same exam is no absence: the tab that is looked at says so, and the one that was left keeps quiet.
 */
import { createStore, type StoreApi } from "zustand/vanilla";

export interface Report {
  key: string;
  leftMsAgo: number;
  /** Null while away. */
  backMsAgo: number | null;
}

/** `later`: no network, or signed out. `never`: the server refused, and would again. */
export type Sent = "kept" | "later" | "never";

export interface AbsenceWiring {
  send: (report: Report) => Promise<Sent>;
  /** What survives a reload: text under one name. */
  memory: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  newKey: () => string;
  /** Milliseconds of the wall clock, which also runs while the device sleeps. */
  now: () => number;
  /** Tells the other tabs of this exam that this one is looked at. */
  tellHere: () => void;
  isHidden: () => boolean;
}

interface Open {
  key: string;
  leftAt: number;
}

interface Done extends Open {
  backAt: number;
}

/** Shorter is a slip, or a page that is loaded again. The page names this figure. */
export const SHORTEST_MS = 2_000;

export class AbsenceLog {
  /** The last absence that was recorded, until the student has read of it. */
  readonly store: StoreApi<{ last: { seconds: number } | null }>;
  private open: Open | null;
  private waiting: Done[];
  private timer: ReturnType<typeof setTimeout> | null = null;
  private isSending = false;

  constructor(
    private readonly name: string,
    private readonly wiring: AbsenceWiring,
  ) {
    this.store = createStore(() => ({ last: null }));
    const kept = parse(wiring.memory.getItem(name));
    this.open = kept.open;
    this.waiting = kept.waiting;
  }

  /** Call when the page is there: ends what an earlier page left open, and sends what it could not. */
  begin(): void {
    if (!this.wiring.isHidden()) this.cameBack();
  }

  left(): void {
    if (this.open) return;
    const open = { key: this.wiring.newKey(), leftAt: this.wiring.now() };
    this.open = open;
    this.keep();
    this.timer = setTimeout(() => void this.reportOpen(open), SHORTEST_MS);
  }

  cameBack(): void {
    this.stopTimer();
    this.wiring.tellHere();
    const { open } = this;
    this.open = null;
    if (open) {
      const backAt = this.wiring.now();
      if (backAt - open.leftAt >= SHORTEST_MS) {
        this.waiting.push({ ...open, backAt });
        this.store.setState({ last: { seconds: Math.round((backAt - open.leftAt) / 1000) } });
      }
    }
    this.keep();
    void this.sendWaiting();
  }

  /** The student looks at the same exam in another tab. */
  isElsewhere(): void {
    if (!this.wiring.isHidden()) return;
    this.stopTimer();
    this.open = null;
    this.keep();
  }

  understood(): void {
    this.store.setState({ last: null });
  }

  async sendWaiting(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    try {
      for (let next = this.waiting[0]; next; next = this.waiting[0]) {
        const now = this.wiring.now();
        const report = { key: next.key, leftMsAgo: now - next.leftAt, backMsAgo: now - next.backAt };
        if ((await this.wiring.send(report)) === "later") return;
        this.waiting.shift();
        this.keep();
      }
    } finally {
      this.isSending = false;
    }
  }

  close(): void {
    this.stopTimer();
  }

  private async reportOpen(open: Open): Promise<void> {
    if (this.open !== open) return;
    await this.wiring.send({ key: open.key, leftMsAgo: this.wiring.now() - open.leftAt, backMsAgo: null });
  }

  private stopTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private keep(): void {
    const { memory } = this.wiring;
    try {
      if (!this.open && this.waiting.length === 0) memory.removeItem(this.name);
      else memory.setItem(this.name, JSON.stringify({ open: this.open, waiting: this.waiting }));
    } catch {
      // No room, or a browser that keeps nothing: the report of this page goes out all the same.
    }
  }
}

function parse(text: string | null): { open: Open | null; waiting: Done[] } {
  const nothing = { open: null, waiting: [] };
  if (!text) return nothing;
  try {
    return { ...nothing, ...(JSON.parse(text) as { open: Open | null; waiting: Done[] }) };
  } catch {
    return nothing;
  }
}
