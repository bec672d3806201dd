"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { Confirm } from "@/components/ui/confirm";
import { Loaded } from "@/components/ui/loaded";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Stat } from "@/components/ui/stat";
import { Link } from "@/i18n/navigation";
import { api, take } from "@/lib/api";
import { useTimes } from "@/lib/time";
import type { Run, Unit } from "./types";
import { useStageBody } from "./use-draft";
import { runKey } from "./use-run";

/** The last step, once every stage is approved; then what was made of it. Nothing before. */
export function PublishCard({ run }: { run: Run }) {
  if (run.state === "published") return <Made run={run} />;
  if (run.state === "stopped" || !run.stages.every(({ state }) => state === "approved")) return null;
  return <Ready run={run} />;
}

const of = (run: Run) => ({ params: { path: { run_id: run.id } } });
const draftOf = (run: Run, name: string) => run.stages.find((it) => it.name === name)?.draft?.id ?? null;

function Ready({ run }: { run: Run }) {
  const t = useTranslations("run");
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const plan = useStageBody(run.id, "plan", draftOf(run, "plan")).data;
  const questions = useStageBody(run.id, "questions", draftOf(run, "questions")).data;
  const criteria = useStageBody(run.id, "criteria", draftOf(run, "criteria")).data;
  const publishing = useMutation({
    mutationFn: () => api.POST("/api/v1/runs/{run_id}/publication", of(run)),
    onSuccess: () => queries.invalidateQueries({ queryKey: runKey(run.id) }),
  });
  if (!plan || !questions || !criteria) return <SkeletonRows rows={2} />;
  const taken = questions.questions.filter(({ state }) => state === "approved").length;
  const figures = {
    sessions: plan.sessions.length,
    hours: plan.hours,
    taken,
    left: questions.questions.length - taken,
    criteria: criteria.criteria.length,
  };
  return (
    <Card className="border-accent">
      <CardHead title={t("readyTitle")} about={t("readyAbout")}>
        <Button look="primary" onClick={() => setAsking(true)}>
          <Send aria-hidden />
          {t("publish")}
        </Button>
      </CardHead>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 px-5 pb-5 sm:grid-cols-4">
        <Stat label={t("units")} value={figures.sessions} />
        <Stat label={t("hours")} value={figures.hours} />
        <Stat label={t("taken")} value={taken} about={t("left", { count: figures.left })} />
        <Stat label={t("rubrics")} value={figures.criteria} />
      </dl>
      <Confirm
        open={isAsking}
        onOpenChange={setAsking}
        title={t("publishTitle")}
        about={t("publishAbout", figures)}
        action={t("publish")}
        onConfirm={() => publishing.mutateAsync()}
      />
    </Card>
  );
}

function Made({ run }: { run: Run }) {
  const t = useTranslations("run");
  const made = useQuery({
    queryKey: ["run", run.id, "units"],
    queryFn: () => take(api.GET("/api/v1/runs/{run_id}/units", of(run))),
  });
  return (
    <Card>
      <CardHead title={t("madeTitle")} about={t("madeAbout")} />
      <Loaded query={made} skeleton={<SkeletonRows rows={3} />}>
        {({ units }) => (
          <ol className="max-h-96 divide-y divide-line overflow-y-auto border-t border-line">
            {units.map((unit) => (
              <UnitLine key={unit.number} unit={unit} />
            ))}
          </ol>
        )}
      </Loaded>
    </Card>
  );
}

function UnitLine({ unit }: { unit: Unit }) {
  const t = useTranslations("run");
  const times = useTimes();
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-5 gap-y-1 px-5 py-3">
      <span className="min-w-0 flex-1 basis-60">
        <span className="font-medium">{unit.title}</span>
        <span className="block text-sm text-ink-faint">
          {t("session", { number: unit.number })} · {t("hoursOf", { hours: unit.hours })}
          {unit.held_on && ` · ${times.day(unit.held_on)}`}
        </span>
      </span>
      {unit.assignments.map((id, place) => (
        <Link key={id} href={`/assignments/${id}`} className="text-sm text-accent underline underline-offset-4">
          {t("assignment", { number: place + 1 })}
        </Link>
      ))}
    </li>
  );
}
