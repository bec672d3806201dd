"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { Badge } from "@/components/ui/badge";
import { Loaded } from "@/components/ui/loaded";
import { PageHead } from "@/components/ui/page-head";
import { Skeleton } from "@/components/ui/skeleton";
import { Guide } from "@/features/marking/guide";
import { MarkForm } from "@/features/marking/mark-form";
import { ScriptText } from "@/features/marking/script-text";
import { slotOf } from "@/features/marking/slot";
import { $api } from "@/lib/api";
import { usePathId } from "@/lib/path";

/** One script on the desk: task and rubric beside it, the mark below, the next one key away. */
export function ScriptPage() {
  const id = usePathId();
  return id === null ? <Waiting /> : <ScriptOf script_id={Number(id)} />;
}

function ScriptOf({ script_id }: { script_id: number }) {
  const script = $api.useQuery("get", "/api/v1/scripts/{script_id}", { params: { path: { script_id } } });
  return (
    <Loaded query={script} skeleton={<Waiting />}>
      {(it) => (
        <>
          <Head script={it} />
          <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
            <ScriptText script={it} />
            <div className="grid gap-5 lg:sticky lg:top-20">
              {/* A new form for each script and each new mark: nothing typed for one goes to another. */}
              <MarkForm key={`${it.row.id}-${it.marks.length}`} script={it} />
              <Guide script={it} />
            </div>
          </div>
        </>
      )}
    </Loaded>
  );
}

function Head({ script }: { script: Schema<"DeskScript"> }) {
  const t = useTranslations("marking");
  const { row, counts } = script;
  return (
    <PageHead
      title={`${row.student_name} · ${t(`slots.${slotOf(row.slot)}`)}`}
      about={`${row.assignment_title} · ${row.course_name}`}
      back={{ href: "/marking", label: t("back") }}
    >
      <Badge tone="warn">{t("waitingCount", { count: counts.waiting })}</Badge>
      <Badge tone="good">{t("markedCount", { count: counts.marked })}</Badge>
    </PageHead>
  );
}

function Waiting() {
  return (
    <div aria-busy className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <Skeleton className="h-[70vh]" />
      <Skeleton className="h-[50vh]" />
    </div>
  );
}
