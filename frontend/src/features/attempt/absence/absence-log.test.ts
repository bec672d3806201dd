import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AbsenceLog, type AbsenceWiring, type Report, type Sent, SHORTEST_MS } from "./absence-log";

let sent: Report[] = [];
let answer: Sent = "kept";
let isHidden = false;
let heard: AbsenceLog[] = [];
const memory = new Map<string, string>();

function wiring(): AbsenceWiring {
  return {
    send: (report) => {
      sent.push(report);
      return Promise.resolve(answer);
    },
    memory: {
      getItem: (name) => memory.get(name) ?? null,
      setItem: (name, text) => void memory.set(name, text),
      removeItem: (name) => void memory.delete(name),
    },
    newKey: () => `key-${sent.length}-${memory.size}`,
    now: () => Date.now(),
    tellHere: () => heard.forEach((other) => other.isElsewhere()),
    isHidden: () => isHidden,
  };
}

/** A page with the exam; what an earlier one kept is there. */
function openPage(): AbsenceLog {
  const log = new AbsenceLog("attempt", wiring());
  log.begin();
  return log;
}

async function away(log: AbsenceLog, ms: number): Promise<void> {
  isHidden = true;
  log.left();
  await vi.advanceTimersByTimeAsync(ms);
  isHidden = false;
  log.cameBack();
  await vi.advanceTimersByTimeAsync(0);
}

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  answer = "kept";
  isHidden = false;
  heard = [];
  memory.clear();
});
afterEach(() => vi.useRealTimers());

describe("leaving the exam page", () => {
  it("is reported while away, and completed under the same key on the way back", async () => {
    const log = openPage();
    await away(log, 30_000);
    expect(sent).toEqual([
      { key: sent[0]?.key, leftMsAgo: SHORTEST_MS, backMsAgo: null },
      { key: sent[0]?.key, leftMsAgo: 30_000, backMsAgo: 0 },
    ]);
    expect(log.store.getState().last).toEqual({ seconds: 30 });
    expect(memory.size).toBe(0);
  });

  it("for a moment is not reported", async () => {
    const log = openPage();
    await away(log, SHORTEST_MS - 1);
    expect(sent).toEqual([]);
    expect(log.store.getState().last).toBeNull();
  });

  it("each time is an absence of its own", async () => {
    const log = openPage();
    await away(log, 5_000);
    await vi.advanceTimersByTimeAsync(60_000);
    await away(log, 7_000);
    expect(sent.filter((report) => report.backMsAgo !== null).map((report) => report.leftMsAgo)).toEqual([
      5_000, 7_000,
    ]);
    expect(new Set(sent.map((report) => report.key)).size).toBe(2);
  });

  it("is told to the student until it is understood", async () => {
    const log = openPage();
    await away(log, 5_000);
    log.understood();
    expect(log.store.getState().last).toBeNull();
  });
});

describe("without a network", () => {
  it("is sent later, with the times as they were", async () => {
    const log = openPage();
    answer = "later";
    await away(log, 10_000);
    await vi.advanceTimersByTimeAsync(60_000);
    sent = [];
    answer = "kept";
    await log.sendWaiting();
    expect(sent).toEqual([{ key: expect.any(String) as string, leftMsAgo: 70_000, backMsAgo: 60_000 }]);
    sent = [];
    await log.sendWaiting();
    expect(sent).toEqual([]);
  });

  it("survives a reload of the page", async () => {
    answer = "later";
    await away(openPage(), 10_000);
    sent = [];
    answer = "kept";
    openPage();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toHaveLength(1);
  });

  it("is given up where the server refuses for good", async () => {
    answer = "never";
    const log = openPage();
    await away(log, 10_000);
    sent = [];
    await log.sendWaiting();
    expect(sent).toEqual([]);
  });
});

describe("a page that is closed and opened again", () => {
  it("ends the absence that it left open", async () => {
    const first = openPage();
    isHidden = true;
    first.left();
    first.close();
    await vi.advanceTimersByTimeAsync(90_000);
    isHidden = false;
    openPage();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([{ key: expect.any(String) as string, leftMsAgo: 90_000, backMsAgo: 0 }]);
  });

  it("at once is a reload and no absence", async () => {
    const first = openPage();
    isHidden = true;
    first.left();
    first.close();
    await vi.advanceTimersByTimeAsync(800);
    isHidden = false;
    openPage();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sent).toEqual([]);
  });

  it("is not thrown by what somebody else wrote there", () => {
    memory.set("attempt", "{nonsense");
    expect(openPage).not.toThrow();
  });
});

describe("the same exam in two tabs", () => {
  it("is no absence when one goes from one to the other", async () => {
    const first = openPage();
    const second = openPage();
    heard = [first];
    isHidden = true;
    first.left();
    second.cameBack();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual([]);
  });
});
