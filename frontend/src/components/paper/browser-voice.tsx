"use client";

import { Square, Volume2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { Passage } from "@/components/paper/slots";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/states";

/** The script read by the browser's own voices, where there is no track: two voices in turn for a conversation. */
export function BrowserVoice({ passage }: { passage: Passage }) {
  const t = useTranslations("paper");
  const [isSpeaking, setSpeaking] = useState(false);
  useEffect(() => () => speechSynthesis.cancel(), []);
  if (typeof speechSynthesis === "undefined") return <Note tone="bad">{t("noVoices")}</Note>;

  const speak = () => {
    const lines = linesOf(passage, speechSynthesis.getVoices());
    speechSynthesis.cancel();
    lines.forEach((line, index) => {
      if (index === lines.length - 1) line.onend = () => setSpeaking(false);
      line.onerror = () => setSpeaking(false);
      speechSynthesis.speak(line);
    });
    setSpeaking(lines.length > 0);
  };
  const stop = () => {
    speechSynthesis.cancel();
    setSpeaking(false);
  };
  return (
    <Button className="justify-self-start" onClick={isSpeaking ? stop : speak}>
      {isSpeaking ? <Square aria-hidden /> : <Volume2 aria-hidden />}
      {t(isSpeaking ? "stopVoice" : "browserVoice")}
    </Button>
  );
}

function linesOf(passage: Passage, voices: readonly SpeechSynthesisVoice[]): SpeechSynthesisUtterance[] {
  const english = voices.filter(({ lang }) => lang.startsWith("en"));
  const speakers = [...new Set(passage.script?.map(({ voice }) => voice))];
  return (passage.script ?? []).map(({ voice, sentences }) => {
    const line = new SpeechSynthesisUtterance(sentences.map(({ text }) => text).join(" "));
    const speaker = speakers.indexOf(voice);
    line.lang = "en-US";
    line.voice = english[speaker % Math.max(1, english.length)] ?? null;
    // One voice only: at least the pitch tells who speaks.
    line.pitch = speaker === 0 ? 1.1 : 0.8;
    return line;
  });
}
