"use client";

import { Pause, Play } from "lucide-react";
import { useTranslations } from "next-intl";
import type { FreePlayer, FreeState } from "@/components/paper/free-player";
import { Button } from "@/components/ui/button";
import { NativeSelect } from "@/components/ui/input";

export interface Heard {
  player: FreePlayer;
  track: FreeState;
}

const SPEEDS = [0.75, 0.9, 1, 1.1, 1.25];

export function PlayButton({ player, track }: Heard) {
  const t = useTranslations("paper");
  return (
    <Button
      look="primary"
      size="icon"
      aria-label={t(track.isPlaying ? "pause" : "play")}
      onClick={() => player.toggle()}
    >
      {track.isPlaying ? <Pause aria-hidden /> : <Play aria-hidden />}
    </Button>
  );
}

export function Speed({ player, track }: Heard) {
  const t = useTranslations("paper");
  return (
    <NativeSelect
      aria-label={t("speed")}
      value={track.speed}
      className="w-auto"
      onChange={(event) => player.setSpeed(Number(event.target.value))}
    >
      {SPEEDS.map((speed) => (
        <option key={speed} value={speed}>
          {speed}×
        </option>
      ))}
    </NativeSelect>
  );
}

export function Seek({ player, track, durationMs }: Heard & { durationMs: number }) {
  const t = useTranslations("paper");
  return (
    <label className="flex items-center gap-3 text-sm text-ink-faint tabular-nums">
      <span className="sr-only">{t("position")}</span>
      <input
        type="range"
        min={0}
        max={Math.max(1, durationMs)}
        step={500}
        value={Math.min(track.atMs, durationMs)}
        onChange={(event) => player.seek(event.target.valueAsNumber)}
        className="min-w-0 flex-1 accent-accent"
      />
      {trackTime(track.atMs)} / {trackTime(durationMs)}
    </label>
  );
}

/** "1:05". */
function trackTime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
