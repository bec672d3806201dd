"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { Badge } from "@/components/ui/badge";
import { Note } from "@/components/ui/states";
import { useWords } from "@/lib/words";

type Machine = Schema<"MachineMarks">;
type MachineMark = Schema<"MachineMarkOut">;

/** The provisional mark, large, with the word that it is one. */
export function ProvisionalMark({ machine }: { machine: Machine }) {
  const t = useTranslations("machine");
  const shown = shownOf(machine);
  if (!shown) return null;
  return (
    <p className="grid justify-items-end gap-0.5">
      <span className="font-title text-3xl font-semibold text-ink-soft tabular-nums">
        {t("mark", { value: shown.value ?? 0 })}
        <span className="ml-2 text-sm font-normal text-ink-faint">{t("markOf")}</span>
      </span>
      <Badge tone="warn">{t("provisional", { engine: t(`engines.${shown.engine}`) })}</Badge>
    </p>
  );
}

/** Each engine's word with its evidence, and why a person has to look. */
export function MachineNote({ machine }: { machine: Machine }) {
  const t = useTranslations("machine");
  const words = useWords();
  const given = [machine.second ?? null, machine.model, machine.builtin].filter(
    (one) => one !== null && one.value !== null,
  );
  if (given.length === 0) return null;
  return (
    <div className="grid gap-3 border-t border-line pt-4 text-sm">
      <p className="text-ink-faint">{t("about")}</p>
      {machine.doubts.length > 0 && (
        <Note tone="warn">
          <span className="font-semibold">{t("doubts")}</span>{" "}
          {machine.doubts.map((name) => t(`doubtNames.${name}`)).join(t("semicolon"))}
        </Note>
      )}
      {machine.model?.failure && <Note>{t("noModel", { why: words(machine.model.failure) })}</Note>}
      {given.map((one) => one && <Word key={one.engine} mark={one} />)}
    </div>
  );
}

export function shownOf(machine: Machine): MachineMark | null {
  return machine.shown === null ? null : machine[machine.shown];
}

function Word({ mark }: { mark: MachineMark }) {
  const t = useTranslations("machine");
  const words = useWords();
  return (
    <section className="grid gap-1">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-semibold">{t(`engines.${mark.engine}`)}</span>
        <span className="tabular-nums">{t("mark", { value: mark.value ?? 0 })}</span>
        {mark.low !== null && mark.high !== null && (
          <span className="text-ink-faint tabular-nums">{t("range", { low: mark.low, high: mark.high })}</span>
        )}
        <span className="text-xs text-ink-faint">{mark.model || mark.version}</span>
      </p>
      {mark.band && <p className="text-ink-soft">{words(mark.band)}</p>}
      <ul className="grid gap-1">
        {mark.evidence.map((one) => (
          <li key={`${one.start}-${one.quote}`} className="border-l-2 border-line pl-3">
            <q lang="en" className="font-reading">
              {one.quote}
            </q>{" "}
            <span className="text-ink-soft">{words(one.says)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
