"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { MachineNote } from "@/components/marks/machine-note";
import { MarkedText } from "@/components/marks/marked-text";
import { inTextOf, ScriptFeedback } from "@/components/marks/script-feedback";
import { Card } from "@/components/ui/card";
import { cn } from "@/lib/cn";
import { Link } from "@/i18n/navigation";
import { useTimes } from "@/lib/time";
import { useWords } from "@/lib/words";

type Script = Schema<"DeskScript">;
type Band = Script["rubric"]["bands"][number];

interface Props {
  script: Script;
  /** The mark typed so far: its band is shown, with the script that stands at its anchor. */
  mark: number | null;
}

/** What to measure by: the bands, scripts that stand at their anchors, and what was decided before. */
export function Guide({ script, mark }: Props) {
  const band = script.rubric.bands.find(({ lowest, highest }) => mark !== null && lowest <= mark && mark <= highest);
  return (
    <Card className="divide-y divide-line">
      <Bands script={script} here={band} />
      <Machines script={script} />
      <Feedback script={script} />
      {script.anchors.length > 0 && <Anchors script={script} here={band} />}
      {script.marks.length > 0 && <History script={script} />}
    </Card>
  );
}

function Bands({ script, here }: { script: Script; here: Band | undefined }) {
  const t = useTranslations("marking");
  const words = useWords();
  return (
    <details open className="group py-4">
      <summary className="px-5 font-title text-lg font-semibold">{t("rubric")}</summary>
      <p className="mt-1 px-5 text-xs text-ink-faint">{t("chooseBand")}</p>
      <ul className="mt-2 grid text-sm">
        {script.rubric.bands.map((band) => (
          <li
            key={band.anchor}
            aria-current={band === here}
            className={cn(
              "grid grid-cols-[3rem_1fr] gap-2 border-l-3 border-transparent py-1.5 pr-5 pl-4.25 transition-colors",
              band === here && "border-accent bg-accent-soft",
            )}
          >
            <span className="font-semibold tabular-nums">
              {band.lowest === band.highest ? band.lowest : `${band.lowest}–${band.highest}`}
            </span>
            <span className={band === here ? "text-ink" : "text-ink-soft"}>{words(band.about)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Anchors({ script, here }: { script: Script; here: Band | undefined }) {
  const t = useTranslations("marking");
  return (
    <section className="grid gap-1 px-5 py-4">
      <h2 className="font-title text-lg font-semibold">{t("anchors")}</h2>
      {script.anchors.map((anchor) => (
        // A new element when its band is reached: it opens by itself, and can be closed by hand.
        <details
          key={`${anchor.band}-${anchor.text.slice(0, 20)}-${anchor.band === here?.anchor}`}
          open={anchor.band === here?.anchor}
          className="border-t border-line py-2 text-sm first-of-type:border-0"
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
    </section>
  );
}

/** What the engines give, both side by side where they differ. */
function Machines({ script: { machine, row } }: { script: Script }) {
  const t = useTranslations("machine");
  const desk = useTranslations("marking");
  if (!machine.builtin && !machine.model && !machine.second) return null;
  return (
    <details open={machine.doubts.length > 0 || machine.second !== null} className="px-5 py-4">
      <summary className="font-title text-lg font-semibold">{t("title")}</summary>
      <div className="mt-2">
        <MachineNote machine={machine} />
        <Link
          href={`/calibration/${row.course}?slot=${row.slot === "T" ? "T" : "W"}`}
          className="mt-3 inline-block text-sm text-accent underline underline-offset-4"
        >
          {desk("calibrate")}
        </Link>
      </div>
    </details>
  );
}

/** What the student reads, whoever wrote it: closed, so that it does not speak before the teacher has read the script. */
function Feedback({ script: { text, feedback, written } }: { script: Script }) {
  const t = useTranslations("marking");
  if (!feedback && !written) return null;
  return (
    <details className="px-5 py-4">
      <summary className="font-title text-lg font-semibold">{t("feedback")}</summary>
      <div className="mt-3 grid gap-4">
        <MarkedText text={text} feedback={inTextOf({ feedback, written })} />
        <ScriptFeedback feedback={feedback} written={written} />
      </div>
    </details>
  );
}

function History({ script }: { script: Script }) {
  const t = useTranslations("marking");
  const times = useTimes();
  return (
    <section className="px-5 py-4">
      <h2 className="font-title text-lg font-semibold">{t("history")}</h2>
      <ol className="mt-2 grid gap-2 text-sm">
        {script.marks.map((mark) => (
          <li key={mark.id}>
            <p className="text-ink-soft">
              {t("historyLine", {
                marker: mark.marker || t(mark.kind === "model" ? "byModel" : "byRule"),
                mark: mark.value,
                time: times.moment(mark.created_at),
              })}
            </p>
            {mark.comment && <p className="whitespace-pre-line">{mark.comment}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
