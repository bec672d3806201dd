"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleStop, Radio, RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge, Status } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { PageHead } from "@/components/ui/page-head";
import { Note } from "@/components/ui/states";
import { Link } from "@/i18n/navigation";
import { api } from "@/lib/api";
import { SendBack } from "./send-back";
import { toneOfRun } from "./tones";
import type { Run } from "./types";
import { isUnderWay, runKey } from "./use-run";

export function RunHead({ run, isLive }: { run: Run; isLive: boolean }) {
  const t = useTranslations("run");
  const runs = useTranslations("runs");
  return (
    <>
      <PageHead
        title={run.syllabus.title}
        about={<About run={run} isLive={isLive} />}
        back={{ href: `/courses/${run.course}?tab=runs`, label: t("back") }}
      >
        {(run.state === "running" || run.state === "review") && <Stop run={run} />}
      </PageHead>
      {run.state === "failed" && <Failed run={run} />}
      {run.state === "stopped" && <Note className="mb-5">{t("stopped", { stage: runs(`stages.${run.stage}`) })}</Note>}
    </>
  );
}

function About({ run, isLive }: { run: Run; isLive: boolean }) {
  const t = useTranslations("run");
  const runs = useTranslations("runs");
  const Icon = isLive ? Radio : RefreshCw;
  return (
    <span className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
      <Status tone={toneOfRun[run.state]}>{runs(`states.${run.state}`)}</Status>
      <Link href={`/syllabi/${run.syllabus.id}`} className="underline underline-offset-4 hover:text-accent">
        {t("edition", { number: run.syllabus.edition })}
      </Link>
      <span>{t("amount", { hours: run.settings.hours, each: run.settings.session_hours })}</span>
      <Badge>{runs(`engines.${run.engine}.name`)}</Badge>
      {isUnderWay(run) && (
        <Badge tone={isLive ? "good" : "plain"} role="status" className="print:hidden">
          <Icon className="size-3.5" aria-hidden />
          {isLive ? t("live") : t("polled")}
        </Badge>
      )}
    </span>
  );
}

function Stop({ run }: { run: Run }) {
  const t = useTranslations("run");
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const stopping = useMutation({
    mutationFn: () => api.DELETE("/api/v1/runs/{run_id}", { params: { path: { run_id: run.id } } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: runKey(run.id) }),
  });
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        <CircleStop aria-hidden />
        {t("stop")}
      </Button>
      <Confirm
        open={isAsking}
        onOpenChange={setAsking}
        title={t("stopTitle")}
        about={t("stopAbout")}
        action={t("stop")}
        isDanger
        onConfirm={() => stopping.mutateAsync()}
      />
    </>
  );
}

function Failed({ run }: { run: Run }) {
  const t = useTranslations("run");
  const [isReturning, setReturning] = useState(false);
  return (
    <Note tone="bad" className="mb-5">
      <span className="flex flex-wrap items-center justify-between gap-3">
        <span className="min-w-0 flex-1 basis-72">
          {t("failed")} <span className="break-words">{run.error}</span>
        </span>
        <Button size="sm" onClick={() => setReturning(true)}>
          <RefreshCw aria-hidden />
          {t("again")}
        </Button>
      </span>
      {isReturning && <SendBack run={run} name={run.stage} hasChanges={false} onClose={() => setReturning(false)} />}
    </Note>
  );
}
