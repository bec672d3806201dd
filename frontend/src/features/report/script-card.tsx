"use client";

import { useTranslations } from "next-intl";
import { MachineNote, ProvisionalMark } from "@/components/marks/machine-note";
import { MarkedText } from "@/components/marks/marked-text";
import { inTextOf, ScriptFeedback } from "@/components/marks/script-feedback";
import { Badge } from "@/components/ui/badge";
import { Card, CardHead } from "@/components/ui/card";
import { Note } from "@/components/ui/states";
import { useTimes } from "@/lib/time";
import { useWords } from "@/lib/words";
import { Appeal } from "./appeal";
import { RewritingPart } from "./rewriting";
import type { ScriptMarking } from "./use-marking";
import type { ReportScript } from "./use-report";

/** An essay or translation with its mark; before the mark, that it waits for one. `now`: what engines have said by now. */
export function ScriptCard({ script, now }: { script: ReportScript; now?: ScriptMarking }) {
  const t = useTranslations("report");
  const { mark } = script;
  const written = now?.written ?? null;
  const second = script.machine.second ?? null;
  const machine = now ? { ...now.machine, second } : script.machine;
  const said = { feedback: script.feedback, written };
  return (
    <Card>
      <CardHead
        title={t(`scriptNames.${script.slot === "W" ? "W" : "T"}`)}
        about={t("wordCount", { count: script.words })}
      >
        {mark ? (
          <p className="font-title text-3xl font-semibold text-seal tabular-nums">
            {t("mark", { value: mark.value })}
            <span className="ml-2 text-sm font-normal text-ink-faint">{t("markOf")}</span>
          </p>
        ) : machine.shown !== null ? (
          <ProvisionalMark machine={machine} />
        ) : (
          <Badge tone="accent">{t(`scriptStates.${script.state}`)}</Badge>
        )}
      </CardHead>
      <div className="grid gap-4 px-5 pb-5">
        {script.text ? (
          <MarkedText text={script.text} feedback={inTextOf(said)} />
        ) : (
          <p className="text-sm text-ink-faint">{t("emptyScript")}</p>
        )}
        <Marked script={script} />
        <ScriptFeedback {...said} />
        <RewritingPart script={script} />
        <Appeal script={script} />
        {(!mark || mark.kind === "model") && <MachineNote machine={machine} />}
        {script.references.map((reference, index) => (
          <Note key={index} tone="good">
            <span className="font-semibold">
              {t(script.slot === "W" ? "referenceEssay" : "reference", { number: index + 1 })}
            </span>
            <span lang="en" className="mt-1 block font-reading leading-relaxed text-ink">
              {reference}
            </span>
          </Note>
        ))}
      </div>
    </Card>
  );
}

function Marked({ script }: { script: ReportScript }) {
  const t = useTranslations("report");
  const words = useWords();
  const times = useTimes();
  const { mark, marks, band } = script;
  if (!mark) return null;
  const earlier = marks.filter(({ id }) => id !== mark.id);
  return (
    <div className="grid gap-2 border-t border-line pt-4 text-sm">
      <p className="text-ink-faint">
        {mark.kind === "rule"
          ? t("ruled")
          : mark.kind === "model"
            ? t("released", { time: times.moment(mark.created_at) })
            : t("markedBy", { marker: mark.marker, time: times.moment(mark.created_at) })}
      </p>
      {band && (
        <p>
          <span className="font-semibold">{t("band")} </span>
          {words(band)}
        </p>
      )}
      {mark.comment && (
        <p className="whitespace-pre-line">
          <span className="font-semibold">{t("comment")} </span>
          {mark.comment}
        </p>
      )}
      {earlier.length > 0 && (
        <details>
          <summary className="text-ink-soft">{t("earlierMarks")}</summary>
          <ul className="mt-1 grid gap-1 text-ink-soft">
            {earlier.map(({ id, value, kind, marker, created_at, comment }) => (
              <li key={id}>
                {t("mark", { value })} ·{" "}
                {t("markedBy", {
                  marker: marker || t(kind === "model" ? "byModel" : "byRule"),
                  time: times.moment(created_at),
                })}{" "}
                {comment}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
