"use client";

import { useTranslations } from "next-intl";
import { TrackPlayer } from "@/components/paper/track-player";
import { Card, CardHead } from "@/components/ui/card";
import { Note } from "@/components/ui/states";
import type { Paper } from "@/features/papers/paper-card";
import { RecordingSections } from "@/features/papers/recording-sections";
import { RemakeTrack } from "@/features/papers/remake-track";
import { RemoveRecording } from "@/features/papers/remove-recording";
import { formatTrackTime } from "@/features/papers/track-time";
import { UploadRecording } from "@/features/papers/upload-recording";

const origins = ["espeak-ng", "speech-endpoint", "recording"] as const;

export function Recording({ paper }: { paper: Paper }) {
  const t = useTranslations("papers");
  const origin = origins.find((it) => it === paper.audio_origin) ?? "none";
  const isReady = paper.audio === "ready";
  const about = isReady
    ? t("recordingAbout", { origin: t(`origins.${origin}`), minutes: formatTrackTime(paper.audio_ms) })
    : t(`audioState.${paper.audio}`);
  return (
    <Card className="print:hidden">
      <CardHead title={t("recording")} about={about} />
      <div className="grid gap-4 px-5 pb-5">
        {isReady && (
          <TrackPlayer key={paper.audio_ms} url={`/api/v1/papers/${paper.id}/audio`} durationMs={paper.audio_ms} />
        )}
        {paper.audio === "missing" && <Note tone="warn">{t("audioMissingAbout")}</Note>}
        <RemakeTrack paper={paper} />
        <UploadRecording paper={paper} />
        {origin === "recording" && <RecordingSections key={paper.audio_ms} paper={paper} />}
        {origin === "recording" && <RemoveRecording paper={paper} />}
      </div>
    </Card>
  );
}
