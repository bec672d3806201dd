"use client";

import { Check, CircleDashed } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { useWords } from "@/lib/words";
import type { ReportScript } from "./use-report";

type Compared = NonNullable<NonNullable<ReportScript["rewriting"]>["compared"]>;
type Fault = NonNullable<Compared["faults_gone"]>[number];

/** Against the first text: what was taken out and put in, which advice was taken, which faults went and came. */
export function RewriteChanges({ compared }: { compared: Compared }) {
  const t = useTranslations("report");
  return (
    <>
      <details open>
        <summary className="font-semibold">{t("rewrite.changes")}</summary>
        <Difference pieces={compared.pieces} />
      </details>
      {compared.advice && <AdviceTaken advice={compared.advice} />}
      <Faults which="gone" faults={compared.faults_gone} />
      <Faults which="new" faults={compared.faults_new} />
      <Faults which="left" faults={compared.faults_left} />
    </>
  );
}

function Difference({ pieces }: Pick<Compared, "pieces">) {
  const t = useTranslations("report");
  if (pieces.every(({ change }) => change === "same")) return <p className="mt-2 text-ink-soft">{t("rewrite.same")}</p>;
  return (
    <p lang="en" className="mt-2 font-reading leading-[1.8] whitespace-pre-line">
      {pieces.map(({ change, text }, index) => {
        if (change === "same") return text;
        return change === "gone" ? (
          <del key={index} className="bg-bad-soft text-bad decoration-1">
            {text}
          </del>
        ) : (
          <ins key={index} className="bg-good-soft font-medium text-good no-underline">
            {text}
          </ins>
        );
      })}
    </p>
  );
}

function AdviceTaken({ advice }: { advice: NonNullable<Compared["advice"]> }) {
  const t = useTranslations("report");
  const words = useWords();
  return (
    <div>
      <h3 className="font-semibold">{t("rewrite.advice")}</h3>
      <ul className="mt-1 grid gap-1.5">
        {advice.map((one) => (
          <li key={one.words.zh} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-2">
            {one.is_done ? (
              <Check aria-hidden className="mt-0.5 size-4 text-good" />
            ) : (
              <CircleDashed aria-hidden className="mt-0.5 size-4 text-warn" />
            )}
            <span>
              {words(one.words)}{" "}
              <span className={one.is_done ? "text-good" : "text-warn"}>
                {t(one.is_done ? "rewrite.done" : "rewrite.notDone")}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-1 text-xs text-ink-faint">{t("rewrite.adviceAbout")}</p>
    </div>
  );
}

const tones = { gone: "good", new: "bad", left: "warn" } as const;

function Faults({ which, faults }: { which: keyof typeof tones; faults: Fault[] | null }) {
  const t = useTranslations("report");
  const kinds = useTranslations("machine");
  if (!faults || faults.length === 0) return null;
  return (
    <div>
      <h3 className="font-semibold">{t(`rewrite.faults.${which}`, { count: faults.length })}</h3>
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1.5">
        {faults.map(({ kind, quote, better }, index) => (
          <li key={index}>
            <Badge tone={tones[which]}>{kinds(`kinds.${kind}`)}</Badge>{" "}
            <span lang="en" className="font-reading">
              {which === "gone" ? <s className="text-ink-soft">{quote}</s> : quote}
              {which !== "gone" && better && <span className="text-good"> → {better}</span>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
