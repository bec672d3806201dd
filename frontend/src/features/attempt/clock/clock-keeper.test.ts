import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ClockKeeper } from "./clock-keeper";
import { type AttemptClock, readingOf } from "./reading";

function clockWith(state: AttemptClock["state"], remaining: number): AttemptClock {
  const isWriting = state === "writing";
  return {
    state,
    server_time: "2026-11-24T01:30:00Z",
    remaining_ms: 6_000_000 + remaining,
    parts: [
      {
        key: "writing",
        state: isWriting ? "open" : "locked",
        slots: ["W"],
        starts_in_ms: 0,
        remaining_ms: isWriting ? remaining : 0,
        duration_ms: 1_800_000,
      },
    ],
    audio: {
      state: "none",
      url: "",
      origin: "",
      position_ms: 0,
      starts_in_ms: 0,
      duration_ms: 0,
      bytes_per_second: 0,
      size_bytes: 0,
      replay: null,
    },
  };
}

let close: () => void = () => undefined;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  close();
  vi.useRealTimers();
});

function keeperOf(first: AttemptClock, ask: () => Promise<AttemptClock>) {
  const moved = vi.fn();
  const now = performance.now();
  const keeper = new ClockKeeper(
    { ask, openStream: null, onMoved: moved, random: () => 0 },
    readingOf(first, now, now),
  );
  close = keeper.open();
  return { keeper, moved };
}

test("at the end of a part it asks until the server has moved on, and says so once", async () => {
  let asked = 0;
  const { moved } = keeperOf(clockWith("writing", 2_000), () => {
    asked += 1;
    return Promise.resolve(asked < 4 ? clockWith("writing", 0) : clockWith("listening", 0));
  });
  await vi.advanceTimersByTimeAsync(1_900);
  expect(asked).toBe(0);
  await vi.advanceTimersByTimeAsync(5_200);
  expect(asked).toBe(4);
  expect(moved).toHaveBeenCalledTimes(1);
});

test("asks when the page wakes, and the answer replaces what was counted", async () => {
  const { keeper } = keeperOf(clockWith("writing", 1_000_000), () => Promise.resolve(clockWith("writing", 400_000)));
  document.dispatchEvent(new Event("visibilitychange"));
  await vi.advanceTimersByTimeAsync(1);
  expect(keeper.store.getState().reading.clock.parts[0]?.remaining_ms).toBe(400_000);
});

test("goes on asking after a failure", async () => {
  let asked = 0;
  keeperOf(clockWith("writing", 1_000_000), () => {
    asked += 1;
    return Promise.reject(new Error("no network"));
  });
  await vi.advanceTimersByTimeAsync(100_000);
  expect(asked).toBeGreaterThanOrEqual(2);
});
