"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Check, CornerUpLeft, RotateCcw, Save, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Badge, Status } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Note, ProblemNote } from "@/components/ui/states";
import { useTimes } from "@/lib/time";
import { toast } from "@/lib/toast";
import { api } from "@/lib/api";
import { LeaveGuard } from "./leave-guard";
import { SendBack } from "./send-back";
import { toneOfStage } from "./tones";
import type { Run, Stage, StageName } from "./types";
import type { Worked } from "./use-draft";
import { runKey } from "./use-run";

interface Props<Body> {
  run: Run;
  name: StageName;
  worked: Worked<Body>;
  /** Of the draft as it stands: why it cannot be approved; null where it can. */
  hindrance?: ReactNode;
  /** More buttons for the draft. */
  tools?: ReactNode;
  children: ReactNode;
}

/** Changes are a teacher's while the stage waits for one. */
export function isOpen(run: Run, name: StageName): boolean {
  const stage = run.stages.find((it) => it.name === name);
  return (run.state === "running" || run.state === "review") && stage?.state === "review";
}

/** What every draft has around it: whose it is, undo and save, and the teacher's gate. */
export function StageFrame<Body>({ run, name, worked, hindrance, tools, children }: Props<Body>) {
  const stage = run.stages.find((it) => it.name === name);
  if (!stage) return null;
  return (
    <div className="grid grid-cols-1 gap-4">
      <LeaveGuard isOn={worked.isChanged} />
      <DraftBar run={run} stage={stage} worked={worked} tools={tools} />
      {worked.isStale ? <Stale worked={worked} /> : <ProblemNote error={worked.problem} />}
      {children}
      {isOpen(run, name) && <Gate run={run} stage={stage} worked={worked} hindrance={hindrance} />}
    </div>
  );
}

interface BarProps<Body> {
  run: Run;
  stage: Stage;
  worked: Worked<Body>;
  tools?: ReactNode;
}

function DraftBar<Body>({ run, stage, worked, tools }: BarProps<Body>) {
  const t = useTranslations("run");
  const times = useTimes();
  const { draft } = worked;
  return (
    <div className="sticky top-16 z-20 -mx-4 flex flex-wrap items-center justify-between gap-x-5 gap-y-2 border-b border-line bg-page px-4 py-2.5 sm:mx-0 sm:px-0 print:hidden">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-soft">
        <Status tone={toneOfStage[stage.state]}>{t(`states.${stage.state}`)}</Status>
        <span>{t("draft", { version: draft.version, by: t(`by.${draft.by}`), at: times.moment(draft.at) })}</span>
        {worked.isChanged && <Badge tone="warn">{t("unsaved")}</Badge>}
      </p>
      <div className="flex flex-wrap gap-2">
        {tools}
        {isOpen(run, stage.name) && (
          <>
            <Button size="sm" look="quiet" disabled={!worked.canUndo} onClick={worked.undo}>
              <Undo2 aria-hidden />
              {t("undo")}
            </Button>
            <Button
              size="sm"
              look="primary"
              disabled={!worked.isChanged}
              isBusy={worked.isSaving}
              onClick={worked.save}
            >
              <Save aria-hidden />
              {t("saveDraft")}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

function Stale<Body>({ worked }: { worked: Worked<Body> }) {
  const t = useTranslations("run");
  const [isAsking, setAsking] = useState(false);
  return (
    <Note tone="warn" role="alert">
      <span className="flex flex-wrap items-center justify-between gap-3">
        {t("stale")}
        <Button size="sm" onClick={() => setAsking(true)}>
          <RotateCcw aria-hidden />
          {t("takeNewest")}
        </Button>
      </span>
      <Confirm
        open={isAsking}
        onOpenChange={setAsking}
        title={t("takeNewestTitle")}
        about={t("takeNewestAbout")}
        action={t("takeNewest")}
        isDanger
        onConfirm={async () => worked.discard()}
      />
    </Note>
  );
}

interface GateProps<Body> extends BarProps<Body> {
  hindrance?: ReactNode;
}

function Gate<Body>({ run, stage, worked, hindrance }: GateProps<Body>) {
  const t = useTranslations("run");
  const queries = useQueryClient();
  const [isReturning, setReturning] = useState(false);
  const params = { path: { run_id: run.id, stage: stage.name } };
  const approving = useMutation({
    mutationFn: () =>
      api.POST("/api/v1/runs/{run_id}/stages/{stage}/approval", { params, body: { draft: worked.draft.id } }),
    onSuccess: async () => {
      toast.success(t("approved"));
      await queries.invalidateQueries({ queryKey: runKey(run.id), exact: true });
    },
  });
  return (
    <section
      aria-label={t("gate")}
      className="grid grid-cols-1 gap-3 rounded-card border border-line-strong/50 bg-surface p-5 shadow-sheet print:hidden"
    >
      <p className="text-sm text-ink-soft">{t(`gateAbout.${stage.name}`)}</p>
      {(worked.isChanged || hindrance) && <Note tone="warn">{worked.isChanged ? t("saveFirst") : hindrance}</Note>}
      <ProblemNote error={approving.error} />
      <div className="flex flex-wrap gap-2">
        <Button
          look="primary"
          disabled={worked.isChanged || Boolean(hindrance)}
          isBusy={approving.isPending}
          onClick={() => approving.mutate()}
        >
          <Check aria-hidden />
          {t("approve")}
        </Button>
        <Button onClick={() => setReturning(true)}>
          <CornerUpLeft aria-hidden />
          {t("sendBack")}
        </Button>
      </div>
      {isReturning && (
        <SendBack run={run} name={stage.name} hasChanges={worked.isChanged} onClose={() => setReturning(false)} />
      )}
    </section>
  );
}
