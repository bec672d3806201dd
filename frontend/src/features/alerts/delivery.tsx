"use client";

import { useTranslations } from "next-intl";
import { Note } from "@/components/ui/states";
import { isFinished, type Job } from "@/lib/job";

/** What came of a message; nothing while it is on its way. */
export function Delivery({ job, to }: { job: Job | undefined; to?: string }) {
  const t = useTranslations("alerts");
  if (job === undefined || !isFinished(job)) return null;
  const isTaken = job.state === "done";
  return (
    <Note tone={isTaken ? "good" : "bad"}>
      {to && <span className="font-medium">{to} · </span>}
      {t(isTaken ? "testSent" : "testFailed")} {!isTaken && <span className="break-all">{job.error}</span>}
    </Note>
  );
}
