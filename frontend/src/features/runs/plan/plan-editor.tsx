"use client";

import { useMutation } from "@tanstack/react-query";
import { CalendarDays, Download, Printer, Rows3, Shuffle } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Later } from "@/components/ui/later";
import { Segmented } from "@/components/ui/segmented";
import { Note, ProblemNote } from "@/components/ui/states";
import { useDownload } from "@/components/files/use-download";
import { api, take } from "@/lib/api";
import { toast } from "@/lib/toast";
import { isOpen, StageFrame } from "../stage-frame";
import { Staged } from "../staged";
import type { Drafted, Plan, Run } from "../types";
import { useStageBody, useWorked, type Worked } from "../use-draft";
import { PlanCalendar } from "./plan-calendar";
import { isExact, namesOf, plannedHours, weeksOf } from "./plan-rules";
import { PlanTable } from "./plan-table";

export function PlanEditor({ run }: { run: Run }) {
  return (
    <Staged run={run} name="plan">
      {(came) => <Editor run={run} came={came} />}
    </Staged>
  );
}

type View = "table" | "calendar";

function Editor({ run, came }: { run: Run; came: Drafted<Plan> }) {
  const t = useTranslations("run");
  const worked = useWorked(run.id, "plan", came);
  const analysis = run.stages.find(({ name }) => name === "analysis")?.draft?.id ?? null;
  const body = useStageBody(run.id, "analysis", analysis).data;
  const names = useMemo(() => namesOf(body), [body]);
  const [view, setView] = useState<View>("table");
  const weeks = useMemo(() => weeksOf(worked.body), [worked.body]);
  const mayEdit = isOpen(run, "plan");
  const exact = isExact(worked.body);
  const look = { plan: worked.body, names, mayEdit, onChange: worked.change };
  return (
    <StageFrame
      run={run}
      name="plan"
      worked={worked}
      hindrance={exact ? null : t("planOff")}
      tools={<Tools run={run} worked={worked} mayEdit={mayEdit} />}
    >
      <h2 className="hidden font-title text-xl font-semibold print:block">{t("tabs.plan")}</h2>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Sum plan={worked.body} isExact={exact} />
        {weeks.length > 0 && (
          <div className="print:hidden">
            <Segmented
              label={t("view")}
              value={view}
              onChange={setView}
              options={[
                { value: "table", label: <Named icon={Rows3} text={t("table")} /> },
                { value: "calendar", label: <Named icon={CalendarDays} text={t("calendar")} /> },
              ]}
            />
          </div>
        )}
      </div>
      {mayEdit && <p className="text-sm text-ink-faint print:hidden">{t("planHow")}</p>}
      <Later key={view}>
        {view === "calendar" && weeks.length > 0 ? <PlanCalendar weeks={weeks} {...look} /> : <PlanTable {...look} />}
      </Later>
    </StageFrame>
  );
}

function Named({ icon: Icon, text }: { icon: typeof Rows3; text: string }) {
  return (
    <>
      <Icon aria-hidden />
      {text}
    </>
  );
}

/** Always there: what is planned out of what there is. */
function Sum({ plan, isExact: exact }: { plan: Plan; isExact: boolean }) {
  const t = useTranslations("run");
  const figures = { planned: plannedHours(plan), of: plan.hours, sessions: plan.sessions.length };
  return (
    <div role="status" className="min-w-0 flex-1 basis-72">
      {exact ? (
        <p className="text-sm tabular-nums">{t("planSum", figures)}</p>
      ) : (
        <Note tone="warn">{t("planSumOff", figures)}</Note>
      )}
    </div>
  );
}

interface ToolsProps {
  run: Run;
  worked: Worked<Plan>;
  mayEdit: boolean;
}

function Tools({ run, worked, mayEdit }: ToolsProps) {
  const t = useTranslations("run");
  const download = useDownload();
  const params = { path: { run_id: run.id } };
  const solving = useMutation({
    mutationFn: () => {
      const body = { base: worked.draft.version, plan: worked.body };
      return take(api.POST("/api/v1/runs/{run_id}/plan/solution", { params, body }));
    },
    onSuccess: (came) => {
      worked.took(came);
      toast.success(t("solved"));
    },
  });
  const save = () =>
    download.save(async () => {
      const { data, response } = await api.GET("/api/v1/runs/{run_id}/plan.docx", { params, parseAs: "blob" });
      return { data: data as Blob | undefined, response };
    }, `plan-${run.id}.docx`);
  return (
    <>
      {solving.error !== null && <ProblemNote error={solving.error} className="w-full" />}
      {mayEdit && (
        <Button size="sm" isBusy={solving.isPending} onClick={() => solving.mutate()}>
          <Shuffle aria-hidden />
          {t("solve")}
        </Button>
      )}
      <Button size="sm" look="quiet" isBusy={download.isBusy} disabled={worked.isChanged} onClick={() => void save()}>
        <Download aria-hidden />
        {t("word")}
      </Button>
      <Button size="sm" look="quiet" className="max-sm:hidden" onClick={() => window.print()}>
        <Printer aria-hidden />
        {t("print")}
      </Button>
    </>
  );
}
