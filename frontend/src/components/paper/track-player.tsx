"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { FreePlayer } from "@/components/paper/free-player";
import { PlayButton, Seek, Speed } from "@/components/paper/player-parts";
import { Note } from "@/components/ui/states";

/** A whole track, heard by whoever looks after it. Nothing of it is loaded before it is played. */
export function TrackPlayer({ url, durationMs }: { url: string; durationMs: number }) {
  const t = useTranslations("paper");
  const [player] = useState(() => new FreePlayer(url));
  useEffect(() => player.open("none"), [player]);
  const track = useStore(player.store);
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <PlayButton player={player} track={track} />
        <div className="min-w-40 flex-1">
          <Seek player={player} track={track} durationMs={durationMs} />
        </div>
        <Speed player={player} track={track} />
      </div>
      {track.hasFailed && <Note tone="bad">{t("audioFailed")}</Note>}
    </div>
  );
}
