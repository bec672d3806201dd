import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { inTurn } from "./in-turn";

describe("work in turn", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("does one thing a task, in order, and later ones again", () => {
    const done: number[] = [];
    [1, 2].forEach((one) => inTurn(() => done.push(one)));
    expect(done).toEqual([]);
    vi.advanceTimersToNextTimer();
    expect(done).toEqual([1]);
    vi.advanceTimersToNextTimer();
    expect(done).toEqual([1, 2]);
    vi.runAllTimers();
    inTurn(() => done.push(3));
    vi.runAllTimers();
    expect(done).toEqual([1, 2, 3]);
  });

  it("leaves out what was taken back", () => {
    const done: number[] = [];
    const take = inTurn(() => done.push(1));
    inTurn(() => done.push(2));
    take();
    vi.runAllTimers();
    expect(done).toEqual([2]);
  });

  it("goes on after one that fails", () => {
    const done: number[] = [];
    inTurn(() => {
      throw new Error("no chart");
    });
    inTurn(() => done.push(2));
    expect(() => vi.runAllTimers()).toThrow("no chart");
    vi.runAllTimers();
    expect(done).toEqual([2]);
  });
});
