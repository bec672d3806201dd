import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { MemoryStore } from "@/lib/journal/memory-store";
import { ProblemError } from "@/lib/problem";
import { AnswerSheet } from "./answer-sheet";
import { FakeServer, network } from "./fake-server";
import { alone, type TabChannel, type TabMessage } from "./tabs";
import type { AnswerIn, Reply, Send } from "./wire";

const ATTEMPT = "attempt-1";
const calm = { fate: () => "fine" as const, delayMs: () => 20 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function sheetOn(send: Send, journal = new MemoryStore(), tabs: TabChannel = alone) {
  const leaving: AnswerIn[][] = [];
  const wiring = {
    attempt: ATTEMPT,
    journal,
    send,
    openTabs: () => tabs,
    sendLeaving: (batch: AnswerIn[]) => leaving.push(batch),
    random: () => 0.5,
  };
  const sheet = new AnswerSheet(wiring);
  return { sheet, close: sheet.open(), journal, leaving };
}

const stateOf = (sheet: AnswerSheet) => sheet.store.getState();
const valueOf = (sheet: AnswerSheet, item: string) => stateOf(sheet).answers[item]?.value;

describe("saving", () => {
  test("a choice goes out at once and leaves the journal when acknowledged", async () => {
    const server = new FakeServer();
    const { sheet, journal } = sheetOn(network(server, calm));
    sheet.answer("26", "C", "choice");
    await vi.advanceTimersByTimeAsync(25);
    expect(await journal.unsent(ATTEMPT)).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(50);
    expect(server.kept.get("26")).toEqual({ item: "26", seq: 1, value: "C" });
    expect(await journal.unsent(ATTEMPT)).toHaveLength(0);
    expect(stateOf(sheet)).toMatchObject({ status: "saved", savedAt: "2026-11-24T02:32:05Z" });
  });

  test("typing is sent after a pause, and steady typing within four seconds", async () => {
    const server = new FakeServer();
    const { sheet } = sheetOn(network(server, calm));
    for (let letters = 1; letters <= 100; letters += 1) {
      sheet.answer("W", "x".repeat(letters), "text");
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(server.requests).toBeGreaterThanOrEqual(2);
    expect(server.requests).toBeLessThanOrEqual(4);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(server.kept.get("W")?.value).toHaveLength(100);
    expect(stateOf(sheet).status).toBe("saved");
  });

  test("the journal has an answer before the server does", async () => {
    const journal = new MemoryStore();
    const seen: number[] = [];
    const { sheet } = sheetOn(async (answers) => {
      seen.push((await journal.unsent(ATTEMPT)).length);
      return { kind: "acknowledged", acknowledged: new FakeServer().put(answers), serverTime: "t" };
    }, journal);
    sheet.answer("1", "A", "choice");
    await vi.advanceTimersByTimeAsync(10);
    expect(seen).toEqual([1]);
  });

  test("a reload sends what was not acknowledged and shows it meanwhile", async () => {
    const server = new FakeServer();
    const first = sheetOn(() => new Promise(() => undefined));
    first.sheet.answer("T", "Paper cutting is old.", "text");
    await vi.advanceTimersByTimeAsync(2_000);
    first.close();
    const { sheet } = sheetOn(network(server, calm), first.journal);
    await sheet.load([]);
    expect(valueOf(sheet, "T")).toBe("Paper cutting is old.");
    expect(stateOf(sheet).answers["T"]?.state).toBe("unsaved");
    await vi.advanceTimersByTimeAsync(200);
    expect(server.kept.get("T")?.value).toBe("Paper cutting is old.");
  });

  test("goes on above the server's counter on another device", async () => {
    const server = new FakeServer();
    server.kept.set("30", { item: "30", seq: 41, value: "B" });
    const { sheet } = sheetOn(network(server, calm));
    await sheet.load([{ item: "30", seq: 41, value: "B" }]);
    sheet.answer("30", "D", "choice");
    await vi.advanceTimersByTimeAsync(100);
    expect(server.kept.get("30")).toEqual({ item: "30", seq: 42, value: "D" });
  });
});

describe("trouble", () => {
  test("offline: kept, said, knocked at ever more slowly, and sent at once when the network is back", async () => {
    const server = new FakeServer();
    let isOnline = false;
    let calls = 0;
    const online = network(server, calm);
    const { sheet, journal } = sheetOn((answers) => {
      calls += 1;
      return isOnline ? online(answers) : Promise.resolve<Reply>({ kind: "unreachable", waitMs: 0 });
    });
    sheet.answer("1", "A", "choice");
    for (let second = 0; second < 60; second += 1) {
      sheet.answer("W", `word ${second}`, "text");
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(stateOf(sheet).status).toBe("offline");
    expect(calls).toBeLessThan(15);
    expect(await journal.unsent(ATTEMPT)).toHaveLength(2);
    isOnline = true;
    sheet.tryNow();
    await vi.advanceTimersByTimeAsync(100);
    expect(stateOf(sheet).status).toBe("saved");
    expect(server.kept.get("W")?.value).toBe("word 59");
  });

  test("the server's wish to wait is kept", async () => {
    let calls = 0;
    const { sheet } = sheetOn(() => {
      calls += 1;
      return Promise.resolve<Reply>({ kind: "unreachable", waitMs: 30_000 });
    });
    sheet.answer("1", "A", "choice");
    await vi.advanceTimersByTimeAsync(29_000);
    expect(calls).toBe(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(calls).toBe(2);
  });

  test("one refused answer does not hold back the others, stays in the journal, and goes again when changed", async () => {
    const server = new FakeServer();
    const problem = new ProblemError(422, "too_long", { zh: "太长", en: "Too long" });
    const { sheet, journal } = sheetOn((answers) => {
      if (answers.some(({ value }) => value === "bad")) return Promise.resolve<Reply>({ kind: "refused", problem });
      return network(server, calm)(answers);
    });
    sheet.answer("1", "A", "choice");
    sheet.answer("W", "bad", "text");
    sheet.answer("2", "B", "choice");
    await vi.advanceTimersByTimeAsync(2_000);
    expect([...server.kept.keys()].sort()).toEqual(["1", "2"]);
    expect(stateOf(sheet)).toMatchObject({ status: "refused", problem });
    expect((await journal.unsent(ATTEMPT)).map(({ item }) => item)).toEqual(["W"]);
    sheet.answer("W", "good", "text");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(stateOf(sheet)).toMatchObject({ status: "saved", problem: null });
  });

  test("after a session that ended it goes on when told", async () => {
    const server = new FakeServer();
    let isSignedIn = false;
    const { sheet } = sheetOn((answers) =>
      isSignedIn ? network(server, calm)(answers) : Promise.resolve<Reply>({ kind: "signed-out" }),
    );
    sheet.answer("1", "A", "choice");
    await vi.advanceTimersByTimeAsync(100);
    expect(stateOf(sheet).status).toBe("signed-out");
    isSignedIn = true;
    sheet.tryNow();
    await vi.advanceTimersByTimeAsync(100);
    expect(stateOf(sheet).status).toBe("saved");
  });

  test("leaving sends what is unsaved and small", () => {
    const { sheet, leaving } = sheetOn(() => new Promise(() => undefined));
    sheet.answer("1", "A", "choice");
    sheet.answer("W", "x".repeat(19_000), "text");
    sheet.leave();
    expect(leaving).toEqual([[{ item: "1", seq: 1, value: "A" }]]);
  });
});

describe("somebody else was there", () => {
  test("a newer answer of another device is shown, with what was replaced", async () => {
    const server = new FakeServer();
    server.kept.set("30", { item: "30", seq: 5, value: "B" });
    const { sheet, journal } = sheetOn(network(server, calm));
    sheet.answer("30", "D", "choice");
    await vi.advanceTimersByTimeAsync(100);
    expect(valueOf(sheet, "30")).toBe("B");
    expect(stateOf(sheet).replacements).toEqual([{ item: "30", mine: "D", now: "B" }]);
    expect(await journal.unsent(ATTEMPT)).toHaveLength(0);
    sheet.answer("30", "A", "choice");
    await vi.advanceTimersByTimeAsync(100);
    expect(server.kept.get("30")).toMatchObject({ seq: 6, value: "A" });
  });

  test("what was typed since the request is not overwritten but sent above the server's counter", async () => {
    const server = new FakeServer();
    server.kept.set("30", { item: "30", seq: 50, value: "B" });
    const { sheet } = sheetOn(network(server, calm));
    sheet.answer("30", "D", "choice");
    await vi.advanceTimersByTimeAsync(10);
    sheet.answer("30", "C", "choice");
    await vi.advanceTimersByTimeAsync(300);
    expect(valueOf(sheet, "30")).toBe("C");
    expect(server.kept.get("30")).toMatchObject({ seq: 51, value: "C" });
    expect(stateOf(sheet).replacements).toEqual([]);
  });

  test("after the lock the on-time answer is shown and the late one kept beside it", async () => {
    const server = new FakeServer();
    server.kept.set("W", { item: "W", seq: 3, value: "on time" });
    server.locked.add("W");
    const { sheet, journal } = sheetOn(network(server, calm));
    await sheet.load([{ item: "W", seq: 3, value: "on time" }]);
    sheet.answer("W", "on time and more", "text");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(stateOf(sheet).answers["W"]).toEqual({ value: "on time", seq: 4, state: "saved", late: "on time and more" });
    expect(server.late).toHaveLength(1);
    expect(await journal.unsent(ATTEMPT)).toHaveLength(0);
  });

  test("two tabs show the same; if the one that typed is closed the other sends", async () => {
    const server = new FakeServer();
    const [left, right] = channelPair();
    const journal = new MemoryStore();
    const first = sheetOn(() => new Promise(() => undefined), journal, left);
    const second = sheetOn(network(server, calm), journal, right);
    first.sheet.answer("40", "G", "choice");
    await vi.advanceTimersByTimeAsync(10);
    expect(valueOf(second.sheet, "40")).toBe("G");
    first.close();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(server.kept.get("40")?.value).toBe("G");
    expect(stateOf(second.sheet).answers["40"]?.state).toBe("saved");
  });
});

function channelPair(): [TabChannel, TabChannel] {
  const ears: (((message: TabMessage) => void) | null)[] = [null, null];
  const end = (mine: 0 | 1): TabChannel => ({
    tell: (message) => setTimeout(() => ears[1 - mine]?.(message), 1),
    listen: (hear) => {
      ears[mine] = hear;
    },
    close: () => {
      ears[mine] = null;
    },
  });
  return [end(0), end(1)];
}
