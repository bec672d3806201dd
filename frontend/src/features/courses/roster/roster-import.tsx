"use client";

import { useMutation } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { DialogButtons } from "@/components/ui/dialog";
import { Progress } from "@/components/ui/progress";
import { ErrorState, Note, ProblemNote } from "@/components/ui/states";
import { RosterPasswords } from "@/features/courses/roster/roster-passwords";
import { useRereadCourse } from "@/features/courses/use-course";
import { api, take } from "@/lib/api";
import { doneOf, useJob, type Job } from "@/lib/job";

interface Props {
  course_id: number;
  roster_id: number;
  job: number;
  /** Told while passwords are on the page that nobody has kept. */
  onUnsaved: (isUnsaved: boolean) => void;
  onDone: () => void;
}

export function RosterImport({ course_id, roster_id, job, onUnsaved, onDone }: Props) {
  const t = useTranslations("students");
  const followed = useJob(job);
  const reread = useRereadCourse();
  const state = followed.data?.state;
  useEffect(() => {
    if (state === "done") void reread();
    // Once when the state changes: rereading is a new function each time.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [state]);

  if (followed.error && !followed.data) {
    return <ErrorState error={followed.error} onRetry={() => void followed.refetch()} />;
  }
  if (state === "failed") return <Note tone="bad">{t("failed", { error: followed.data?.error ?? "" })}</Note>;
  if (state === "done" && followed.data) {
    return (
      <Done job={followed.data} course_id={course_id} roster_id={roster_id} onUnsaved={onUnsaved} onDone={onDone} />
    );
  }
  return <Running job={followed.data} />;
}

function Running({ job }: { job: Job | undefined }) {
  const t = useTranslations("students");
  return (
    <div className="grid gap-3 py-6" role="status">
      <p className="flex justify-between font-medium">
        {t("importing")}
        {job && job.total_steps > 0 && (
          <span className="tabular-nums">{t("progress", { done: job.done_steps, total: job.total_steps })}</span>
        )}
      </p>
      <Progress value={doneOf(job)} label={t("importing")} />
      <p className="text-sm text-ink-faint">{t("importingAbout")}</p>
    </div>
  );
}

function Done({ job, course_id, roster_id, onUnsaved, onDone }: Omit<Props, "job"> & { job: Job }) {
  const t = useTranslations("students");
  const counts = countsOf(job.result);
  const taking = useMutation({
    mutationFn: () => {
      const params = { path: { course_id, roster_id } };
      return take(api.POST("/api/v1/courses/{course_id}/rosters/{roster_id}/accounts", { params }));
    },
    onSuccess: () => onUnsaved(true),
  });
  if (taking.data)
    return <RosterPasswords accounts={taking.data.accounts} onKept={() => onUnsaved(false)} onDone={onDone} />;
  return (
    <div className="grid gap-4">
      <p className="flex items-center gap-3">
        <CircleCheck className="size-6 text-good" aria-hidden />
        <span className="font-semibold">{t("imported")}</span>
      </p>
      <p className="text-sm text-ink-soft">{t("importedAbout", counts)}</p>
      <ProblemNote error={taking.error} />
      <DialogButtons>
        <Button onClick={onDone}>{t("done")}</Button>
        {counts.created > 0 && (
          <Button look="primary" onClick={() => taking.mutate()} isBusy={taking.isPending}>
            {t("showPasswords")}
          </Button>
        )}
      </DialogButtons>
    </div>
  );
}

/** A job's result is open JSON: read here into what an import says. */
export function countsOf(result: Job["result"]): { created: number; enrolled: number; unchanged: number } {
  const count = (name: string) => (typeof result[name] === "number" ? result[name] : 0);
  return { created: count("created"), enrolled: count("enrolled"), unchanged: count("unchanged") };
}
