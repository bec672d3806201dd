import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { MemoryStore } from "@/lib/journal/memory-store";
import { AnswerSheet } from "./answer-sheet";
import { FakeServer, network, type Weather } from "./fake-server";
import { alone } from "./tabs";
import type { Send } from "./wire";

/** Seeded, so that a red run can be run again. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const ITEMS = ["W", "1", "26", "36", "T"];
const FATES = ["fine", "lost", "answer-lost", "twice"] as const;

class Device {
  readonly journal = new MemoryStore();
  /** What the person wrote last, by item. */
  readonly wrote = new Map<string, string>();
  sheet: AnswerSheet;
  private close: () => void;

  constructor(
    private readonly server: FakeServer,
    private readonly roll: () => number,
    private readonly weather: Weather,
  ) {
    [this.sheet, this.close] = this.open();
  }

  act(): void {
    const item = ITEMS[Math.floor(this.roll() * ITEMS.length)] ?? "W";
    const value = `v${Math.floor(this.roll() * 1e9)}`;
    this.sheet.answer(item, value, this.roll() < 0.5 ? "choice" : "text");
    this.wrote.set(item, value);
  }

  /** The process dies; the next page reads the server and the journal. */
  async reopen(): Promise<void> {
    this.close();
    [this.sheet, this.close] = this.open();
    await this.sheet.load([...this.server.kept.values()]);
  }

  /** Every answer shown as saved is with the server, or a newer one is. */
  checkSaved(): void {
    for (const [item, held] of Object.entries(this.sheet.store.getState().answers)) {
      if (held.state !== "saved" || held.seq === 0 || held.late !== null) continue;
      const kept = this.server.kept.get(item);
      expect(kept?.seq ?? 0).toBeGreaterThanOrEqual(held.seq);
      if (kept?.seq === held.seq) expect(kept.value).toBe(held.value);
    }
  }

  private open(): [AnswerSheet, () => void] {
    const send: Send = network(this.server, this.weather);
    const sheet = new AnswerSheet({
      attempt: "a",
      journal: this.journal,
      send,
      openTabs: () => alone,
      sendLeaving: () => undefined,
      random: this.roll,
    });
    return [sheet, sheet.open()];
  }
}

async function story(seed: number, devices: number): Promise<{ server: FakeServer; devices: Device[] }> {
  const roll = dice(seed);
  const server = new FakeServer();
  const weather = { isBad: true };
  const fate = () => (weather.isBad ? (FATES[Math.floor(roll() * FATES.length)] ?? "fine") : "fine");
  const each = Array.from({ length: devices }, () => new Device(server, roll, { fate, delayMs: () => roll() * 400 }));
  for (let step = 0; step < 40; step += 1) {
    const device = each[Math.floor(roll() * each.length)];
    if (roll() < 0.08) await device?.reopen();
    else device?.act();
    await vi.advanceTimersByTimeAsync(roll() * 900);
    for (const one of each) one.checkSaved();
  }
  weather.isBad = false;
  for (const one of each) one.sheet.tryNow();
  await vi.advanceTimersByTimeAsync(60_000);
  return { server, devices: each };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("whatever the network does", () => {
  test("one device: the server ends with the last thing written, and the journal is empty", async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const { server, devices } = await story(seed, 1);
      const [device] = devices;
      for (const [item, value] of device?.wrote ?? [])
        expect(server.kept.get(item)?.value, `seed ${seed}, item ${item}`).toBe(value);
      expect(await device?.journal.unsent("a")).toEqual([]);
      expect(device?.sheet.store.getState()).toMatchObject({ status: "saved", replacements: [] });
    }
  });

  test("two devices: nothing waits for ever, what is shown as saved is saved, and each last word was heard", async () => {
    for (let seed = 100; seed <= 140; seed += 1) {
      const { server, devices } = await story(seed, 2);
      for (const device of devices) {
        device.checkSaved();
        expect(await device.journal.unsent("a"), `seed ${seed}`).toEqual([]);
        expect(device.sheet.store.getState().status).toBe("saved");
      }
      for (const [item, kept] of server.kept) {
        const lastWords = devices.map((device) => device.wrote.get(item));
        expect(lastWords, `seed ${seed}, item ${item}`).toContain(kept.value);
      }
    }
  });
});
