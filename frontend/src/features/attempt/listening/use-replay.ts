"use client";

import { useEffect, useState } from "react";
import { api, take } from "@/lib/api";
import { type Reading, readingOf, type Replay, replayPosition } from "../clock/reading";
import { fetchRange } from "./fetch-range";
import { TrackPlayer, trackOf } from "./track-player";

export interface ReplayPlaying {
  player: TrackPlayer;
  /** The newest of what the clock and the beginning have said. */
  reading: Reading;
  /** Begins to hear it: from a tap, since browsers let a page sound only then. Throws what the server refuses. */
  begin: (volume: number) => Promise<void>;
}

/** Hears again, once and by the server's time, what the teacher has granted. One of these for each grant: key it by its id. */
export function useReplay(attempt: string, replay: Replay, heard: Reading): ReplayPlaying {
  const [follower] = useState(() => new Follower(replay, heard));
  const [begun, setBegun] = useState<Reading | null>(null);
  const reading = begun && begun.at > heard.at ? begun : heard;
  useEffect(() => follower.hear(reading), [follower, reading]);
  useEffect(() => () => follower.player.stop(), [follower]);

  const begin = async (volume: number) => {
    const sounding = follower.player.start(volume);
    const path = { attempt_id: attempt, grant_id: replay.id };
    const askedAt = performance.now();
    const clock = await take(
      api.POST("/api/v1/attempts/{attempt_id}/audio-grants/{grant_id}/playback", { params: { path } }),
    );
    if (clock) setBegun(readingOf(clock, askedAt, performance.now()));
    await sounding;
  };
  return { player: follower.player, reading, begin };
}

class Follower {
  readonly player: TrackPlayer;

  constructor(
    replay: Replay,
    private reading: Reading,
  ) {
    const heard = `siji.replay.${replay.id}`;
    this.player = new TrackPlayer({
      track: trackOf(replay),
      durationMs: replay.duration_ms,
      position: () => replayPosition(this.reading, performance.now()),
      fetchRange: (first, last) => fetchRange(replay.url, first, last),
      // Of a second hearing nothing is reported: the page says what was missed, and the teacher decides.
      onGap: () => undefined,
      heardMs: Number(sessionStorage.getItem(heard) ?? 0),
      onHeard: (ms) => sessionStorage.setItem(heard, String(Math.round(ms))),
    });
  }

  hear(reading: Reading): void {
    this.reading = reading;
  }
}
