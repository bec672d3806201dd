/**
 * What one person has answered in one attempt, on its way to the server: no answer is ever lost.
 *
 * An answer is written to the journal first and sent from there; it leaves the journal when the server acknowledged exactly
 * this seq and value. One request is under way at a time; whatever fails goes again, because sending twice changes nothing.
 * The tabs of one browser share the journal and tell each other what was typed; another device is met through `superseded`.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Entry, JournalStore } from "@/lib/journal/entries";
import type { ProblemError } from "@/lib/problem";
import { backOffMs } from "./back-off";
import { type Held, NOTHING, settle } from "./held";
import { alone, type TabChannel, type TabMessage } from "./tabs";
import { type Acknowledged, firstBatch, MOST_CHARACTERS_WHEN_LEAVING, type Send } from "./wire";

export type SaveStatus = "saved" | "unsaved" | "sending" | "offline" | "signed-out" | "refused";

/** Somebody's newer answer took the place of what was written here. */
export interface Replacement {
  item: string;
  mine: string;
  now: string;
}

export interface SheetState {
  answers: Readonly<Record<string, Held>>;
  status: SaveStatus;
  /** The server's time of the last acknowledged save. */
  savedAt: string | null;
  problem: ProblemError | null;
  replacements: readonly Replacement[];
}

/** An answer as the server tells it. */
export interface Known {
  item: string;
  seq: number;
  value: string;
  saved_at?: string;
}

export interface Wiring {
  attempt: string;
  journal: JournalStore;
  send: Send;
  /** Sends without waiting for an answer while the page goes away. */
  sendLeaving: (answers: { item: string; seq: number; value: string }[]) => void;
  openTabs: () => TabChannel;
  random?: () => number;
}

/** A pause in typing, and the longest time that steady typing may put off a save. */
const PAUSE_MS = 800;
const LONGEST_PAUSE_MS = 4_000;
/** The tab that typed sends; this one steps in if that tab was closed. */
const OTHER_TAB_MS = 5_000;

export class AnswerSheet {
  readonly store: StoreApi<SheetState> = createStore<SheetState>(() => ({
    answers: {},
    status: "saved",
    savedAt: null,
    problem: null,
    replacements: [],
  }));

  private timer: ReturnType<typeof setTimeout> | null = null;
  private unsentSince: number | null = null;
  private writing: Promise<void> = Promise.resolve();
  private isSending = false;
  private isAskedAgain = false;
  private isStopped = true;
  private tabs: TabChannel = alone;
  private failures = 0;
  private readonly refused = new Map<string, number>();
  private isCareful = false;

  constructor(private readonly wiring: Wiring) {}

  /** Begins to send and to hear the other tabs; what it returns ends that, and it may be opened again. */
  open(): () => void {
    this.isStopped = false;
    this.tabs = this.wiring.openTabs();
    this.tabs.listen((message) => this.hear(message));
    return () => this.stop();
  }

  /** Takes in what the server has, then what this browser still owes it; the latter goes out at once. */
  async load(known: readonly Known[], late: readonly Known[] = []): Promise<void> {
    const owed = await this.wiring.journal.unsent(this.wiring.attempt);
    const answers: Record<string, Held> = { ...this.store.getState().answers };
    for (const { item, seq, value } of known) {
      const held = answers[item] ?? NOTHING;
      if (held.seq <= seq) answers[item] = { ...held, value, seq, state: "saved" };
    }
    for (const { item, seq, value } of late) {
      const held = answers[item] ?? NOTHING;
      answers[item] = { ...held, late: value, seq: Math.max(held.seq, seq) };
    }
    for (const { item, seq, value } of owed) {
      const held = answers[item] ?? NOTHING;
      if (seq > held.seq) answers[item] = { ...held, value, seq, state: "unsaved" };
    }
    const times = known.map(({ saved_at }) => saved_at ?? "").sort();
    this.store.setState(({ savedAt }) => ({ answers, savedAt: savedAt ?? (times[times.length - 1] || null) }));
    if (owed.length > 0) this.schedule(0);
  }

  /** A choice goes out at once, text after a pause in typing. */
  answer(item: string, value: string, kind: "choice" | "text"): void {
    const held = this.held(item);
    if (held.value === value) return;
    const seq = held.seq + 1;
    this.show(item, { ...held, value, seq, state: "unsaved" });
    this.write({ attempt: this.wiring.attempt, item, seq, value });
    if (this.store.getState().status === "saved") this.store.setState({ status: "unsaved" });
    this.schedule(kind === "choice" ? 0 : PAUSE_MS);
  }

  /** The network is back, somebody signed in, or a person asks to try again. */
  tryNow(): void {
    this.failures = 0;
    this.refused.clear();
    this.schedule(0);
  }

  /** The page goes away: what is unsaved is sent as well as can be; the journal keeps it either way. */
  leave(): void {
    const unsaved = Object.entries(this.store.getState().answers)
      .filter(([, held]) => held.state === "unsaved")
      .map(([item, { seq, value }]) => ({ item, seq, value }));
    const small = unsaved.filter(({ value }) => value.length <= MOST_CHARACTERS_WHEN_LEAVING);
    if (small.length > 0) this.wiring.sendLeaving(firstBatch(small, MOST_CHARACTERS_WHEN_LEAVING));
  }

  /** Resolves once nothing is owed (true) or the time is over (false). */
  async settled(withinMs: number): Promise<boolean> {
    this.tryNow();
    return new Promise((resolve) => {
      const finish = (isSettled: boolean) => {
        clearTimeout(timer);
        stop();
        resolve(isSettled);
      };
      const timer = setTimeout(() => finish(false), withinMs);
      const stop = this.store.subscribe((state) => {
        if (state.status === "saved") finish(true);
      });
    });
  }

  forgetReplacements(): void {
    this.store.setState({ replacements: [] });
  }

  private stop(): void {
    this.isStopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.tabs.close();
  }

  private held(item: string): Held {
    return this.store.getState().answers[item] ?? NOTHING;
  }

  private show(item: string, held: Held): void {
    this.store.setState((state) => ({ answers: { ...state.answers, [item]: held } }));
  }

  private write(entry: Entry): void {
    const written = this.wiring.journal.put(entry).then(() => this.tabs.tell({ kind: "typed", ...entry }));
    this.writing = Promise.all([this.writing, written]).then(() => undefined);
  }

  private schedule(delayMs: number): void {
    // While the server is out of reach the back-off decides: typing must not turn into knocking.
    if (this.isStopped || (this.failures > 0 && this.timer !== null)) return;
    const now = performance.now();
    this.unsentSince ??= now;
    this.wakeAt(Math.min(now + delayMs, this.unsentSince + LONGEST_PAUSE_MS));
  }

  private wakeAt(at: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), Math.max(0, at - performance.now()));
  }

  private async flush(): Promise<void> {
    this.timer = null;
    if (this.isStopped) return;
    if (this.isSending) {
      this.isAskedAgain = true;
      return;
    }
    this.isSending = true;
    this.isAskedAgain = false;
    try {
      await this.sendOnce();
    } finally {
      this.isSending = false;
      if (this.isAskedAgain) this.schedule(0);
    }
  }

  private async sendOnce(): Promise<void> {
    const wanted = await this.owed();
    if (wanted.length === 0) return;
    if (this.failures === 0) this.store.setState({ status: "sending" });
    const batch = this.isCareful ? wanted.slice(0, 1) : firstBatch(wanted);
    const reply = await this.wiring.send(batch.map(({ item, seq, value }) => ({ item, seq, value })));
    if (this.isStopped) return;
    if (reply.kind === "acknowledged") await this.settleAll(batch, reply.acknowledged, reply.serverTime);
    else if (reply.kind === "unreachable") this.fail("offline", reply.waitMs);
    else if (reply.kind === "signed-out") this.fail("signed-out", 0);
    else await this.refuse(batch, reply.problem);
  }

  /** What the journal still owes, without what was refused. Says so on the page when it is nothing. */
  private async owed(): Promise<Entry[]> {
    await this.written();
    this.unsentSince = null;
    const shown = this.store.getState().answers;
    const entries = await this.wiring.journal.unsent(this.wiring.attempt);
    this.trustOtherTabs(shown, entries);
    const wanted = entries.filter(({ item, seq }) => this.refused.get(item) !== seq);
    if (wanted.length === 0) {
      this.isCareful = false;
      this.store.setState(({ answers, problem }) => ({
        status: statusOf(answers, entries.length),
        problem: entries.length > 0 ? problem : null,
      }));
    }
    return wanted;
  }

  /** Resolves when nothing is on its way into the journal, whatever was typed while waiting. */
  private async written(): Promise<void> {
    let waitedFor: Promise<void>;
    do {
      waitedFor = this.writing;
      await waitedFor;
    } while (waitedFor !== this.writing);
  }

  /** An entry that was written and is gone again was acknowledged to another tab, whose word may not have reached us. */
  private trustOtherTabs(shown: SheetState["answers"], entries: Entry[]): void {
    const kept = new Set(entries.map(({ item }) => item));
    for (const [item, held] of Object.entries(shown)) {
      const isGone = held.state === "unsaved" && !kept.has(item);
      if (isGone && this.held(item) === held) this.show(item, { ...held, state: "saved" });
    }
  }

  private async settleAll(batch: Entry[], acknowledged: Acknowledged[], serverTime: string): Promise<void> {
    this.failures = 0;
    for (const [index, ack] of acknowledged.entries()) {
      const sent = batch[index];
      if (sent && sent.item === ack.item) await this.settleOne(sent, ack);
    }
    this.store.setState({ savedAt: serverTime });
    const rest = await this.owed();
    if (rest.length === 0) return;
    this.store.setState({ status: "unsaved" });
    // What was typed meanwhile has its own pause running; what did not fit into this batch goes on at once.
    if (this.timer === null) this.schedule(0);
  }

  private async settleOne(sent: Entry, ack: Acknowledged): Promise<void> {
    const outcome = settle(this.held(sent.item), sent, ack);
    this.show(sent.item, outcome.held);
    if (outcome.isRenumbered) {
      this.write({ ...sent, seq: outcome.held.seq, value: outcome.held.value });
    } else {
      await this.wiring.journal.remove(sent);
    }
    if (outcome.replaced !== null) this.noteReplaced(sent.item, outcome.replaced, outcome.held.value);
    this.tabs.tell({ kind: "settled", item: sent.item, held: outcome.held });
  }

  private noteReplaced(item: string, mine: string, now: string): void {
    this.store.setState(({ replacements }) => ({
      replacements: [...replacements.filter((other) => other.item !== item), { item, mine, now }],
    }));
  }

  private fail(status: "offline" | "signed-out", waitMs: number): void {
    this.failures += 1;
    this.store.setState({ status });
    this.wakeAt(performance.now() + Math.max(waitMs, backOffMs(this.failures, this.wiring.random ?? Math.random)));
  }

  /** One bad answer must not hold back the good ones: after a refused batch they go one by one. */
  private async refuse(batch: Entry[], problem: ProblemError): Promise<void> {
    this.failures = 0;
    this.store.setState({ problem });
    this.isCareful = problem.status === 422;
    if (!this.isCareful || batch.length === 1) {
      for (const entry of batch) this.keepRefused(entry);
    }
    if ((await this.owed()).length > 0) this.schedule(0);
  }

  private keepRefused({ item, seq }: Entry): void {
    this.refused.set(item, seq);
    const held = this.held(item);
    if (held.seq === seq) this.show(item, { ...held, state: "refused" });
  }

  private hear(message: TabMessage): void {
    const held = this.held(message.item);
    if (message.kind === "typed") {
      if (message.seq <= held.seq) return;
      this.show(message.item, { ...held, value: message.value, seq: message.seq, state: "unsaved" });
      if (this.timer === null) this.wakeAt(performance.now() + OTHER_TAB_MS);
    } else if (message.held.seq >= held.seq) {
      this.show(message.item, message.held);
    }
  }
}

function statusOf(answers: SheetState["answers"], refused: number): SaveStatus {
  if (refused > 0) return "refused";
  return Object.values(answers).some((held) => held.state === "unsaved") ? "unsaved" : "saved";
}
