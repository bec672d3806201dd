"use client";

import { useEffect, useState } from "react";
import { api } from "@/lib/api";
import { asProblem } from "@/lib/problem";
import { type Reading, trackPosition } from "../clock/reading";
import { fetchRange } from "./fetch-range";
import { TrackPlayer, trackOf } from "./track-player";

/** The player of one attempt's track; it follows the reading of the clock, whatever that says next. */
export function useExamTrack(attempt: string, reading: Reading): TrackPlayer {
  const [follower] = useState(() => new Follower(attempt, reading));
  useEffect(() => follower.hear(reading), [follower, reading]);
  useEffect(() => () => follower.player.stop(), [follower]);
  return follower.player;
}

class Follower {
  readonly player: TrackPlayer;

  constructor(
    attempt: string,
    private reading: Reading,
  ) {
    const { audio } = reading.clock;
    const heard = `siji.heard.${attempt}`;
    this.player = new TrackPlayer({
      track: trackOf(audio),
      durationMs: audio.duration_ms,
      position: () => this.position(),
      fetchRange: (first, last) => fetchRange(audio.url, first, last),
      onGap: (from, to, reason) => void reportGap(attempt, from, to, reason),
      heardMs: Number(sessionStorage.getItem(heard) ?? 0),
      onHeard: (ms) => sessionStorage.setItem(heard, String(Math.round(ms))),
    });
  }

  hear(reading: Reading): void {
    this.reading = reading;
  }

  private position(): number | null {
    const { at, clock } = this.reading;
    return clock.audio.state === "over" ? Infinity : trackPosition(clock, performance.now() - at);
  }
}

const AGAIN_MS = 5_000;

/** A gap comes from a lost network, so telling of it waits for the network. */
async function reportGap(attempt: string, from_ms: number, to_ms: number, reason: string): Promise<void> {
  try {
    const params = { path: { attempt_id: attempt } };
    await api.POST("/api/v1/attempts/{attempt_id}/audio-gaps", { params, body: { from_ms, to_ms, reason } });
  } catch (error) {
    const { isOffline, status } = asProblem(error);
    if (isOffline || status >= 500) setTimeout(() => void reportGap(attempt, from_ms, to_ms, reason), AGAIN_MS);
  }
}
