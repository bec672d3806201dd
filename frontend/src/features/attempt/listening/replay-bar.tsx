"use client";

import { AudioLines, Headphones } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
import { Note, ProblemNote } from "@/components/ui/states";
import { formatLeft, type Reading, type Replay, replayPosition } from "../clock/reading";
import { useNow } from "../room/use-clock";
import { useReplay } from "./use-replay";

const LOUD = 0.9;

interface Props {
  attempt: string;
  reading: Reading;
}

/** What was missed of the track, where the teacher lets it be heard again. */
export function ReplayBar({ attempt, reading }: Props) {
  const { replay } = reading.clock.audio;
  return replay && <Granted key={replay.id} attempt={attempt} replay={replay} reading={reading} />;
}

function Granted({ attempt, replay, reading: heard }: Props & { replay: Replay }) {
  const t = useTranslations("room");
  const now = useNow(1_000);
  const { player, reading, begin } = useReplay(attempt, replay, heard);
  const sound = useStore(player.store, (state) => state.sound);
  const missed = Math.round(useStore(player.store, (state) => state.missedMs) / 1000);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const current = reading.clock.audio.replay ?? replay;
  const isOver = current.state === "over" || sound === "over";
  const isPlaying = current.state === "playing" && !isOver;
  const isMuted = isPlaying && (sound === "off" || sound === "silenced");
  const position = Math.min(replayPosition(reading, now) ?? 0, current.duration_ms);
  const left = Math.max(0, current.ends_in_ms - (now - reading.at));

  const press = async () => {
    setBusy(true);
    setError(null);
    await begin(LOUD).catch(setError);
    setBusy(false);
  };

  return (
    <section aria-label={t("replay.label")} className="border-t border-line bg-accent-soft">
      <div className="mx-auto flex min-h-14 max-w-desk flex-wrap items-center gap-x-5 gap-y-2 px-4 py-2 text-sm">
        {isOver ? (
          <p role="status">{missed > 0 ? t("replay.overMissed", { seconds: missed }) : t("replay.over")}</p>
        ) : (
          <>
            <p className="flex min-w-0 flex-1 basis-64 items-center gap-2">
              {isPlaying && <AudioLines className="size-5 shrink-0 text-accent" aria-hidden />}
              {isPlaying
                ? t("replay.playing", { position: formatLeft(position), duration: formatLeft(current.duration_ms) })
                : t("replay.waiting", { seconds: Math.round(current.duration_ms / 1000), left: formatLeft(left) })}
            </p>
            {(!isPlaying || isMuted) && (
              <Button
                look="primary"
                onClick={() => void press()}
                isBusy={isBusy}
                disabled={reading.clock.audio.state === "playing"}
              >
                <Headphones aria-hidden />
                {isMuted ? t("resumeSound") : t("replay.begin")}
              </Button>
            )}
          </>
        )}
      </div>
      <div className="mx-auto grid max-w-desk gap-1 px-4 pb-2 empty:hidden">
        {!isPlaying && !isOver && reading.clock.audio.state === "playing" && <Note>{t("replay.afterTheTrack")}</Note>}
        {isPlaying && sound === "stalled" && <Note tone="warn">{t("replay.stalled")}</Note>}
        <ProblemNote error={error} />
      </div>
    </section>
  );
}
