"use client";

import { Eye, EyeOff, Repeat, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import type { Schema } from "@/client/types";
import { BrowserVoice } from "@/components/paper/browser-voice";
import { FreePlayer } from "@/components/paper/free-player";
import type { Mark } from "@/components/paper/marked-text";
import { type Heard, PlayButton, Seek, Speed } from "@/components/paper/player-parts";
import { sentenceAt } from "@/components/paper/sentences";
import { slotRange, type Passage } from "@/components/paper/slots";
import { Transcript } from "@/components/paper/transcript";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/states";
import { cn } from "@/lib/cn";

type Audio = Schema<"AudioOut">;

interface Props {
  audio: Audio;
  passage: Passage;
  marks: readonly Mark[];
  /** Whether the transcript is shown from the start. */
  isOpen?: boolean;
}

/** A passage that may be heard freely: any place, any speed, one sentence again and again, with the transcript. */
export function PassagePlayer(props: Props) {
  const { audio, passage, marks, isOpen } = props;
  const t = useTranslations("paper");
  if (audio.state === "free") return <Player key={audio.url} {...props} />;
  return (
    <div className="grid gap-3">
      <Note tone="warn">{t(audio.state === "building" ? "audioBuilding" : "audioMissing")}</Note>
      {passage.script && <BrowserVoice key={passage.id} passage={passage} />}
      {passage.script && isOpen && <Transcript script={passage.script} marks={marks} />}
    </div>
  );
}

function Player({ audio, passage, marks, isOpen: isOpenFirst = false }: Props) {
  const t = useTranslations("paper");
  const [player] = useState(() => new FreePlayer(audio.url));
  useEffect(() => player.open(), [player]);
  const track = useStore(player.store);
  const [isOpen, setOpen] = useState(isOpenFirst);
  const script = passage.script;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <PlayButton player={player} track={track} />
        <Button onClick={() => player.playFrom(passage.start_ms ?? 0)}>
          <RotateCcw aria-hidden />
          {t("playPassage", { range: slotRange(passage.slots) })}
        </Button>
        <Speed player={player} track={track} />
        <LoopButton player={player} track={track} passage={passage} />
        {script && (
          <Button look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
            {t(isOpen ? "hideTranscript" : "showTranscript")}
          </Button>
        )}
      </div>
      <Seek player={player} track={track} durationMs={audio.duration_ms} />
      {track.hasFailed && (
        <div className="grid gap-3">
          <Note tone="bad">{t("audioFailed")}</Note>
          {script && <BrowserVoice passage={passage} />}
        </div>
      )}
      {isOpen && script && <Script script={script} marks={marks} player={player} track={track} />}
    </>
  );
}

function LoopButton({ player, track, passage }: Heard & { passage: Passage }) {
  const t = useTranslations("paper");
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

interface ScriptProps extends Heard {
  script: NonNullable<Passage["script"]>;
  marks: readonly Mark[];
}

function Script({ script, marks, player, track }: ScriptProps) {
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
