"use client";

import { Eye, EyeOff, Pause, Play, Repeat, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { Transcript } from "@/components/paper/transcript";
import { itemsOf, slotRange, type Passage, type Section } from "@/components/paper/slots";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { NativeSelect } from "@/components/ui/input";
import { Note } from "@/components/ui/states";
import { cn } from "@/lib/cn";
import { formatLeft } from "../clock/reading";
import { useProofs } from "../questions/section-view";
import { useRoom } from "../room/room-context";
import { BrowserVoice } from "./browser-voice";
import { sentenceAt } from "./sentences";
import { FreePlayer, type FreeState } from "./free-player";

const SPEEDS = [0.75, 0.9, 1, 1.1, 1.25];

/** Listening in practice: any place, any speed, one sentence again and again, with the transcript beside it. */
export function PracticeSound({ section }: { section: Section }) {
  const t = useTranslations("room");
  const { attempt, current } = useRoom();
  const passage =
    section.passages.find((each) => itemsOf(section, each).some(({ slot }) => slot === current)) ?? section.passages[0];
  if (!passage) return null;
  const { state } = attempt.audio;
  return (
    <Card className="sticky top-28 z-10 mb-6 grid gap-3 px-4 py-3 shadow-raised">
      {state === "free" ? (
        <Player key={attempt.audio.url} passage={passage} />
      ) : (
        <div className="grid gap-3">
          <Note tone="warn">{t(state === "building" ? "practiceAudio.building" : "practiceAudio.missing")}</Note>
          {passage.script && <BrowserVoice key={passage.id} passage={passage} />}
        </div>
      )}
    </Card>
  );
}

function Player({ passage }: { passage: Passage }) {
  const t = useTranslations("room");
  const { attempt } = useRoom();
  const [player] = useState(() => new FreePlayer(attempt.audio.url));
  useEffect(() => player.open(), [player]);
  const track = useStore(player.store);
  const [isOpen, setOpen] = useState(false);
  const script = passage.script;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          look="primary"
          size="icon"
          aria-label={t(track.isPlaying ? "pause" : "play")}
          onClick={() => player.toggle()}
        >
          {track.isPlaying ? <Pause aria-hidden /> : <Play aria-hidden />}
        </Button>
        <Button onClick={() => player.playFrom(passage.start_ms ?? 0)}>
          <RotateCcw aria-hidden />
          {t("playPassage", { range: slotRange(passage.slots) })}
        </Button>
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
        <LoopButton player={player} track={track} passage={passage} />
        {script && (
          <Button look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
            {t(isOpen ? "hideTranscript" : "showTranscript")}
          </Button>
        )}
      </div>
      <Seek player={player} track={track} durationMs={attempt.audio.duration_ms} />
      {track.hasFailed && (
        <div className="grid gap-3">
          <Note tone="bad">{t("practiceAudio.failed")}</Note>
          {script && <BrowserVoice passage={passage} />}
        </div>
      )}
      {isOpen && script && <Script passage={passage} script={script} player={player} track={track} />}
    </>
  );
}

interface Heard {
  player: FreePlayer;
  track: FreeState;
}

function LoopButton({ player, track, passage }: Heard & { passage: Passage }) {
  const t = useTranslations("room");
  const sentence = sentenceAt(passage.script, track.atMs);
  const isOn = track.loop !== null;
  return (
    <Button
      look="quiet"
      aria-pressed={isOn}
      disabled={!isOn && !sentence}
      className={cn(isOn && "bg-accent-soft text-accent")}
      onClick={() =>
        player.setLoop(isOn || !sentence ? null : { startMs: sentence.start_ms ?? 0, endMs: sentence.end_ms ?? 0 })
      }
    >
      <Repeat aria-hidden />
      {t("loopSentence")}
    </Button>
  );
}

function Seek({ player, track, durationMs }: Heard & { durationMs: number }) {
  const t = useTranslations("room");
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
      {formatLeft(track.atMs)} / {formatLeft(durationMs)}
    </label>
  );
}

interface ScriptProps extends Heard {
  passage: Passage;
  script: NonNullable<Passage["script"]>;
}

function Script({ passage, script, player, track }: ScriptProps) {
  const { attempt } = useRoom();
  const items = attempt.sections.flatMap((section) => section.items).filter(({ slot }) => passage.slots.includes(slot));
  const marks = useProofs(items);
  return (
    <div className="max-h-[40dvh] overflow-y-auto border-t border-line pt-3">
      <Transcript
        script={script}
        marks={marks}
        atMs={track.isPlaying || track.loop ? track.atMs : null}
        onSentence={(sentence) => {
          if (sentence.start_ms !== null) player.playFrom(sentence.start_ms);
        }}
      />
    </div>
  );
}
