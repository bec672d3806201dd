/**
 * Keeps the exam clock true: hears the event stream, asks again when the page wakes, and at the end of a part asks until the
 * server has moved on. The browser never decides that a part is over.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type AttemptClock, nextChangeMs, type Reading, readingOf } from "./reading";

export interface KeeperWiring {
  ask: () => Promise<AttemptClock>;
  /** Where the server tells changes by itself; null asks only. */
  openStream: (() => EventSource) | null;
  /** Another part, or more time: what may be seen has changed. */
  onMoved: () => void;
  random?: () => number;
}

/** Also the sign of life that a teacher's room shows: after 45 s without one a student is offline there. */
const QUIET_MS = 20_000;
/** A class must not ask as one when a part ends. */
const SPREAD_MS = 900;
const RETRY_MS = 1_500;

export class ClockKeeper {
  readonly store: StoreApi<{ reading: Reading }>;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private isAsking = false;
  private isClosed = true;

  constructor(
    private readonly wiring: KeeperWiring,
    first: Reading,
  ) {
    this.store = createStore(() => ({ reading: first }));
  }

  open(): () => void {
    this.isClosed = false;
    const wake = () => {
      if (document.visibilityState === "visible") void this.askNow();
    };
    document.addEventListener("visibilitychange", wake);
    window.addEventListener("pageshow", wake);
    window.addEventListener("focus", wake);
    window.addEventListener("online", wake);
    const stream = this.wiring.openStream?.() ?? null;
    if (stream) stream.onmessage = (event: MessageEvent<string>) => this.hearStream(event.data);
    this.plan();
    return () => {
      this.isClosed = true;
      document.removeEventListener("visibilitychange", wake);
      window.removeEventListener("pageshow", wake);
      window.removeEventListener("focus", wake);
      window.removeEventListener("online", wake);
      stream?.close();
      if (this.timer !== null) clearTimeout(this.timer);
    };
  }

  hear(reading: Reading): void {
    const before = this.store.getState().reading;
    if (reading.at < before.at) return;
    this.store.setState({ reading });
    this.plan();
    if (hasMoved(before.clock, reading.clock)) this.wiring.onMoved();
  }

  async askNow(): Promise<void> {
    if (this.isAsking || this.isClosed) return;
    this.isAsking = true;
    try {
      const askedAt = performance.now();
      const clock = await this.wiring.ask();
      this.isAsking = false;
      this.hear(readingOf(clock, askedAt, performance.now()));
    } catch {
      // No network, or signed out: the time left runs on meanwhile, and the save status says what is wrong.
      this.isAsking = false;
      this.plan(RETRY_MS * 2);
    }
  }

  private hearStream(data: string): void {
    const now = performance.now();
    const clock = JSON.parse(data) as AttemptClock;
    this.hear(readingOf(clock, now, now));
  }

  private plan(atLeastMs = RETRY_MS): void {
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.isClosed) return;
    const spread = (this.wiring.random ?? Math.random)() * SPREAD_MS;
    const change = nextChangeMs(this.store.getState().reading, performance.now());
    const wait = change > 0 ? Math.min(change + 100, QUIET_MS) : atLeastMs;
    this.timer = setTimeout(() => void this.askNow(), Math.max(100, wait) + spread);
  }
}

/** More than a moment's difference in time left, or another state. */
function hasMoved(before: AttemptClock, now: AttemptClock): boolean {
  if (before.state !== now.state || before.audio.state !== now.audio.state) return true;
  return before.parts.some((part, index) => part.state !== now.parts[index]?.state);
}
