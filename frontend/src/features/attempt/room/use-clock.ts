"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { api, take } from "@/lib/api";
import { ClockKeeper } from "../clock/clock-keeper";
import type { AttemptClock, Reading } from "../clock/reading";
import { attemptKey, type Loaded } from "./use-attempt";

/** The clock of an exam; what may be seen is read again whenever the server has moved on. */
export function useClock({ attempt, reading }: Loaded): Reading {
  const queries = useQueryClient();
  const { id } = attempt;
  const [keeper] = useState(
    () =>
      new ClockKeeper(
        {
          ask: () => askClock(id),
          openStream:
            typeof EventSource === "undefined" ? null : () => new EventSource(`/api/v1/attempts/${id}/events`),
          onMoved: () => void queries.invalidateQueries({ queryKey: attemptKey(id) }),
        },
        reading,
      ),
  );
  useEffect(() => keeper.open(), [keeper]);
  useEffect(() => keeper.hear(reading), [keeper, reading]);
  return useStore(keeper.store, (state) => state.reading);
}

async function askClock(id: string): Promise<AttemptClock> {
  const clock = await take(api.GET("/api/v1/attempts/{attempt_id}/clock", { params: { path: { attempt_id: id } } }));
  if (!clock) throw new Error("The clock was answered with nothing.");
  return clock;
}

/** The monotonic clock, looked at several times a second. */
export function useNow(everyMs = 250): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
