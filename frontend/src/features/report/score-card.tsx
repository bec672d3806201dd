"use client";

import { useTranslations } from "next-intl";
import { Card, CardHead } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { Badge } from "@/components/ui/badge";
import { useWords } from "@/lib/words";
import type { Report } from "./use-report";

const WRITTEN = ["writing", "translation"];

/** Of an essay alone there are no traps and no skills to count. */
export function hasChoices(report: Report): boolean {
  return report.sections.some(({ key }) => !WRITTEN.includes(key));
}

export function SectionsCard({ report }: { report: Report }) {
  const t = useTranslations("report");
  const common = useTranslations("common");
  const isWaiting = report.sections.some(({ raw }) => raw === null);
  return (
    <Card>
      <CardHead title={t("raw")} about={isWaiting ? t(report.raw_of > 0 ? "rawSoFar" : "rawNone") : undefined}>
        {report.raw_of > 0 && (
          <p className="font-title text-2xl font-semibold tabular-nums">
            {report.raw}
            <span className="ml-2 text-sm font-normal text-ink-faint">{t("rawOf", { of: report.raw_of })}</span>
          </p>
        )}
      </CardHead>
      <ul className="grid gap-3 px-5 pb-5">
        {report.sections.map(({ key, raw, provisional, raw_of, correct, items }) => (
          <li key={key} className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1">
            <span className="text-sm font-medium">{common(`sections.${key}`)}</span>
            <span className="text-sm text-ink-soft tabular-nums">
              {raw !== null ? (
                t("rawScore", { raw, of: raw_of })
              ) : provisional === null || provisional === undefined ? (
                <Badge tone="accent">{t("waiting")}</Badge>
              ) : (
                <Badge tone="warn">{t("provisionalScore", { raw: provisional, of: raw_of })}</Badge>
              )}
            </span>
            {raw !== null && (
              <Progress className="col-span-2" value={(100 * raw) / raw_of} label={common(`sections.${key}`)} />
            )}
            {items > 1 && <span className="text-xs text-ink-faint">{t("correctOf", { correct, items })}</span>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function SkillsCard({ skills }: { skills: Report["skills"] }) {
  const t = useTranslations("report");
  const words = useWords();
  const weakest = [...skills].sort((one, other) => one.correct / one.items - other.correct / other.items);
  return (
    <Card>
      <CardHead title={t("skills")} />
      <ul className="grid gap-3 px-5 pb-5">
        {weakest.map(({ skill, name, correct, items }) => (
          <li key={skill} className="grid gap-1">
            <span className="flex justify-between gap-3 text-sm">
              {words(name)}
              <span className="text-ink-faint tabular-nums">
                {correct}/{items}
              </span>
            </span>
            <Progress value={(100 * correct) / items} label={words(name)} />
          </li>
        ))}
        {skills.length === 0 && <li className="text-sm text-ink-faint">{t("skillsNone")}</li>}
      </ul>
    </Card>
  );
}

export function TrapsCard({ report }: { report: Report }) {
  const t = useTranslations("report");
  const words = useWords();
  const traps = [...report.traps].sort((one, other) => other.times - one.times);
  return (
    <Card>
      <CardHead title={t("traps")} />
      <ul className="grid gap-2 px-5 pb-5 text-sm">
        {traps.map(({ trap, name, times }) => (
          <li key={trap} className="flex justify-between gap-3">
            {words(name)}
            <span className="text-ink-faint tabular-nums">{t("times", { times })}</span>
          </li>
        ))}
        {traps.length === 0 && (
          <li className="text-ink-faint">{t(report.keys === "shown" ? "trapsNone" : "trapsHidden")}</li>
        )}
      </ul>
    </Card>
  );
}
