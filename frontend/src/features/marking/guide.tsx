"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { Card } from "@/components/ui/card";
import { useTimes } from "@/lib/time";
import { useWords } from "@/lib/words";

type Script = Schema<"DeskScript">;

/** What to measure by: the bands, scripts that stand at their anchors, and what was decided before. */
export function Guide({ script }: { script: Script }) {
  return (
    <Card className="divide-y divide-line">
      <Bands script={script} />
      {script.anchors.length > 0 && <Anchors script={script} />}
      {script.marks.length > 0 && <History script={script} />}
    </Card>
  );
}

function Bands({ script }: { script: Script }) {
  const t = useTranslations("marking");
  const words = useWords();
  return (
    <details open className="group px-5 py-4">
      <summary className="font-semibold">{t("rubric")}</summary>
      <ul className="mt-3 grid gap-3 text-sm">
        {script.rubric.bands.map((band) => (
          <li key={band.anchor} className="grid grid-cols-[3.5rem_1fr] gap-2">
            <span className="font-semibold tabular-nums">
              {band.lowest === band.highest ? band.lowest : `${band.lowest}–${band.highest}`}
            </span>
            <span className="text-ink-soft">{words(band.about)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Anchors({ script }: { script: Script }) {
  const t = useTranslations("marking");
  return (
    <details className="px-5 py-4">
      <summary className="font-semibold">{t("anchors")}</summary>
      <div className="mt-3 grid gap-2">
        {script.anchors.map((anchor) => (
          <details
            key={`${anchor.band}-${anchor.text.slice(0, 20)}`}
            className="rounded-control bg-sunken px-4 py-2.5 text-sm"
          >
            <summary className="font-medium">{t("anchorOf", { band: anchor.band })}</summary>
            <p lang="en" className="mt-2 font-reading leading-relaxed whitespace-pre-wrap">
              {anchor.text}
            </p>
            <p className="mt-2 text-ink-soft">
              {t("why")}: {anchor.why}
            </p>
          </details>
        ))}
      </div>
    </details>
  );
}

function History({ script }: { script: Script }) {
  const t = useTranslations("marking");
  const times = useTimes();
  return (
    <div className="px-5 py-4">
      <h2 className="font-semibold">{t("history")}</h2>
      <ol className="mt-2 grid gap-2 text-sm">
        {script.marks.map((mark) => (
          <li key={mark.id}>
            <p className="text-ink-soft">
              {t("historyLine", { marker: mark.marker, mark: mark.value, time: times.moment(mark.created_at) })}
            </p>
            {mark.comment && <p className="whitespace-pre-line">{mark.comment}</p>}
          </li>
        ))}
      </ol>
    </div>
  );
}
