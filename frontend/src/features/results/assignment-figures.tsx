"use client";

import { FileSpreadsheet } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { useDownload } from "@/components/files/use-download";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { Bars } from "@/features/results/bars";
import { Link } from "@/i18n/navigation";
import { api } from "@/lib/api";

type Assignment = Schema<"ResultAssignment">;

export function AssignmentFigures({ assignment }: { assignment: Assignment }) {
  const t = useTranslations("results");
  const { mean_raw: mean, raw_of: of, completed: done, students: all, waiting_scripts: waiting } = assignment;
  return (
    <Card className="grid content-start gap-5 p-5">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div>
          <h2 className="font-semibold">{assignment.title}</h2>
          <p className="text-sm text-ink-faint">{t("completedOf", { done, all })}</p>
          <Link
            href={`/assignments/${assignment.id}`}
            className="text-sm text-accent underline-offset-4 hover:underline"
          >
            {t("seats")}
          </Link>
        </div>
        <div className="text-right">
          <p className="font-semibold tabular-nums">
            {mean === null ? t("noMean") : t("mean", { mean: one(mean), of })}
          </p>
          {waiting > 0 && (
            <Link href={`/marking?assignment=${assignment.id}`}>
              <Badge tone="warn">{t("waiting", { count: waiting })}</Badge>
            </Link>
          )}
        </div>
      </div>
      {mean !== null && (
        <>
          <Bars bins={assignment.bins} />
          <Sections sections={assignment.sections} />
        </>
      )}
      <Download assignment={assignment} />
    </Card>
  );
}

function Download({ assignment }: { assignment: Assignment }) {
  const t = useTranslations("results");
  const language = useLocale();
  const { isBusy, save } = useDownload();
  const params = { path: { assignment_id: assignment.id }, query: { language } };
  const get = () => api.GET("/api/v1/assignments/{assignment_id}/results.xlsx", { params, parseAs: "blob" });
  return (
    <Button
      look="quiet"
      size="sm"
      isBusy={isBusy}
      aria-label={t("table", { title: assignment.title })}
      onClick={() => void save(get, "results.xlsx")}
      className="-mb-2 -ml-3 justify-self-start"
    >
      {!isBusy && <FileSpreadsheet aria-hidden />}
      {t("tableShort")}
    </Button>
  );
}

/** To one decimal, without a needless ".0". */
export function one(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function Sections({ sections }: { sections: Assignment["sections"] }) {
  const t = useTranslations("results");
  const common = useTranslations("common");
  if (sections.length === 0) return null;
  return (
    <div>
      <h3 className="mb-2 text-sm text-ink-faint">{t("sections")}</h3>
      <ul className="grid gap-2 text-sm">
        {sections.map((section) => (
          <li key={section.key} className="grid grid-cols-[9rem_1fr_3rem] items-center gap-3">
            <span className="truncate">{common(`sections.${section.key}`)}</span>
            <Progress value={section.percent} label={common(`sections.${section.key}`)} />
            <span className="text-right tabular-nums">{Math.round(section.percent)}%</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
