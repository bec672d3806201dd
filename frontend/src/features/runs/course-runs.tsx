"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronRight, Route, WandSparkles } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Status } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Loaded } from "@/components/ui/loaded";
import { SkeletonRows } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { Link } from "@/i18n/navigation";
import { api, take } from "@/lib/api";
import { usePathId } from "@/lib/path";
import { useTimes } from "@/lib/time";
import { StartRun } from "./start-run";
import { toneOfRun } from "./tones";
import type { RunLine } from "./types";

/** The runs of the course in the address, newest first, and how a new one begins. */
export function CourseRuns() {
  const course_id = Number(usePathId());
  const t = useTranslations("runs");
  const [isStarting, setStarting] = useState(false);
  const list = useQuery({
    queryKey: ["runs", course_id],
    queryFn: () => take(api.GET("/api/v1/courses/{course_id}/runs", { params: { path: { course_id } } })),
  });
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <p className="max-w-prose min-w-0 flex-1 basis-72 text-sm text-ink-soft">{t("about")}</p>
        <Button look="primary" onClick={() => setStarting(true)}>
          <WandSparkles aria-hidden />
          {t("start")}
        </Button>
      </div>
      <Loaded query={list} skeleton={<SkeletonRows rows={3} />}>
        {(runs) => (
          <Card>
            {runs.length > 0 ? (
              <ul className="divide-y divide-line">
                {runs.map((run) => (
                  <Line key={run.id} run={run} />
                ))}
              </ul>
            ) : (
              <EmptyState icon={Route} title={t("none")} about={t("noneAbout")} />
            )}
          </Card>
        )}
      </Loaded>
      {isStarting && <StartRun course_id={course_id} onClose={() => setStarting(false)} />}
    </div>
  );
}

function Line({ run }: { run: RunLine }) {
  const t = useTranslations("runs");
  const times = useTimes();
  return (
    <li>
      <Link
        href={`/runs/${run.id}`}
        className="group flex items-center gap-4 px-5 py-4 transition-colors hover:bg-sunken/60"
      >
        <span className="grid min-w-0 flex-1 gap-0.5">
          <span className="truncate font-medium group-hover:text-accent">{run.syllabus.title}</span>
          <span className="text-sm text-ink-faint">
            {t("line", {
              edition: run.syllabus.edition,
              engine: t(`engines.${run.engine}.name`),
              at: times.moment(run.started_at),
            })}
          </span>
        </span>
        <span className="grid justify-items-end gap-0.5">
          <Status tone={toneOfRun[run.state]}>{t(`states.${run.state}`)}</Status>
          {run.state !== "published" && <span className="text-xs text-ink-faint">{t(`stages.${run.stage}`)}</span>}
        </span>
        <ChevronRight className="size-4 shrink-0 text-ink-faint" aria-hidden />
      </Link>
    </li>
  );
}
