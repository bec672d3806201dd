"use client";

import { AudioLines, Headphones, Volume2, VolumeX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { Note } from "@/components/ui/states";
import { formatLeft, type Reading, trackPosition } from "../clock/reading";
import { useNow } from "../room/use-clock";
import type { Sound } from "./track-player";
import { useExamTrack } from "./use-exam-track";

const LOUD = 0.9;

interface Props {
  attempt: string;
  reading: Reading;
}

/** The sound of the exam: it runs where the server is, for everybody alike. Only its loudness can be set. */
export function SoundBar({ attempt, reading }: Props) {
  const t = useTranslations("room");
  const { audio } = reading.clock;
  if (audio.state === "withheld") return null;
  if (
    audio.state === "missing" ||
    audio.state === "building" ||
    audio.state === "failed" ||
    audio.state === "untimed"
  ) {
    return (
      <Note tone="bad" className="mx-4 mb-2">
        {t(`noAudio.${audio.state}`)}
      </Note>
    );
  }
  return audio.state === "none" ? null : <Playing attempt={attempt} reading={reading} />;
}

function Playing({ attempt, reading }: Props) {
  const t = useTranslations("room");
  const player = useExamTrack(attempt, reading);
  const sound = useStore(player.store, (state) => state.sound);
  const missed = Math.round(useStore(player.store, (state) => state.missedMs) / 1000);
  const [volume, setVolume] = useState(LOUD);
  useEffect(() => {
    // Who has written or tapped on this page before needs no second tap, and hears the track from its first words.
    if (navigator.userActivation?.hasBeenActive) void player.start(LOUD);
  }, [player]);
  const needsTap = (sound === "off" || sound === "silenced") && reading.clock.audio.state !== "over";
  return (
    <div className="border-t border-line">
      <div className="mx-auto flex min-h-14 max-w-desk flex-wrap items-center gap-x-5 gap-y-2 px-4 py-1.5">
        {needsTap ? (
          <Button look="primary" onClick={() => void player.start(volume)}>
            <Headphones aria-hidden />
            {t(sound === "off" ? "startSound" : "resumeSound")}
          </Button>
        ) : (
          <p role="status" data-sound={sound} className="flex items-center gap-2 text-sm font-medium">
            <AudioLines className={sound === "playing" ? "size-5 text-accent" : "size-5 text-ink-faint"} aria-hidden />
            {t(`sounds.${reading.clock.audio.state === "over" ? "over" : sound}`)}
          </p>
        )}
        <Position reading={reading} />
        <label className="flex min-h-touch items-center gap-2 max-sm:ml-auto text-sm text-ink-soft">
          {volume === 0 ? <VolumeX className="size-5" aria-hidden /> : <Volume2 className="size-5" aria-hidden />}
          <span className="sr-only">{t("volume")}</span>
          <input
            type="range"
            min={0}
            max={1}
            step={0.05}
            value={volume}
            className="w-20 accent-accent sm:w-28"
            onChange={(event) => {
              setVolume(event.target.valueAsNumber);
              player.setVolume(event.target.valueAsNumber);
            }}
          />
        </label>
      </div>
      <Troubles sound={sound} missed={missed} />
    </div>
  );
}

/** Shown and not to be touched: there is no way back in the recording. */
function Position({ reading }: { reading: Reading }) {
  const t = useTranslations("room");
  const now = useNow(1_000);
  const { audio } = reading.clock;
  const position = trackPosition(reading.clock, now - reading.at);
  if (position === null) return null;
  return (
    <>
      <Progress
        value={(100 * position) / Math.max(1, audio.duration_ms)}
        label={t("soundAt")}
        className="min-w-16 flex-1 max-sm:order-last max-sm:basis-full"
      />
      <p className="text-sm text-ink-faint tabular-nums">
        {formatLeft(position)} / {formatLeft(audio.duration_ms)}
      </p>
    </>
  );
}

function Troubles({ sound, missed }: { sound: Sound; missed: number }) {
  const t = useTranslations("room");
  return (
    <div className="mx-auto grid max-w-desk gap-1 px-4 pb-2 empty:hidden">
      {sound === "stalled" && <Note tone="warn">{t("soundStalled")}</Note>}
      {sound === "broken" && <Note tone="bad">{t("soundBroken")}</Note>}
      {missed > 0 && <Note tone="warn">{t("soundMissed", { seconds: missed })}</Note>}
    </div>
  );
}
