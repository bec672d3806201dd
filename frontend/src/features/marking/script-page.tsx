"use client";

import { Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Schema } from "@/client/types";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Loaded } from "@/components/ui/loaded";
import { PageHead } from "@/components/ui/page-head";
import { Progress } from "@/components/ui/progress";
import { Skeleton } from "@/components/ui/skeleton";
import { Guide } from "@/features/marking/guide";
import { useLastMarked } from "@/features/marking/last-marked";
import { MarkForm } from "@/features/marking/mark-form";
import { ScriptText } from "@/features/marking/script-text";
import { slotOf } from "@/features/marking/slot";
import { Link } from "@/i18n/navigation";
import { $api } from "@/lib/api";
import { usePathId } from "@/lib/path";

/** One script on the desk: rubric and anchors beside it, the mark at hand, the next one key away. */
export function ScriptPage() {
  const id = usePathId();
  useDeskShortcuts();
  return id === null ? <ScriptWaiting /> : <ScriptOf script_id={Number(id)} />;
}

function ScriptOf({ script_id }: { script_id: number }) {
  const script = $api.useQuery("get", "/api/v1/scripts/{script_id}", { params: { path: { script_id } } });
  return (
    <Loaded query={script} isPage skeleton={<ScriptWaiting />}>
      {(it) => (
        <>
          <Head script={it} />
          {/* A new desk for each script and each new mark: nothing typed for one goes to another. */}
          <Desk key={`${it.row.id}-${it.marks.length}`} script={it} />
        </>
      )}
    </Loaded>
  );
}

function Desk({ script }: { script: Schema<"DeskScript"> }) {
  const [mark, setMark] = useState<number | null>(null);
  return (
    <div
      data-wide
      className="grid grid-cols-1 items-start gap-5 max-sm:pb-20 lg:grid-cols-[minmax(0,1fr)_20rem] xl:grid-cols-[minmax(0,1fr)_22rem_18rem]"
    >
      <ScriptText script={script} />
      <div className="grid grid-cols-1 gap-5 lg:sticky lg:top-20 lg:max-h-[calc(100dvh-6rem)] lg:overflow-y-auto xl:contents">
        <div className="xl:sticky xl:top-20 xl:order-last">
          <MarkForm script={script} onMark={setMark} />
        </div>
        <div className="xl:sticky xl:top-20 xl:max-h-[calc(100dvh-6rem)] xl:overflow-y-auto">
          <Guide script={script} mark={mark} />
        </div>
      </div>
    </div>
  );
}

function Head({ script }: { script: Schema<"DeskScript"> }) {
  const t = useTranslations("marking");
  const { row, counts } = script;
  const all = counts.waiting + counts.marked;
  const last = useLastMarked();
  return (
    <PageHead
      title={`${row.student_name} · ${t(`slots.${slotOf(row.slot)}`)}`}
      about={`${row.assignment_title} · ${row.course_name}`}
      back={{ href: "/marking", label: t("back") }}
    >
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        {last && last.id !== row.id && (
          <Button asChild look="quiet">
            <Link href={`/marking/${last.id}`}>
              <Undo2 aria-hidden />
              {t("lastMarked", { name: last.name, mark: last.mark })}
            </Link>
          </Button>
        )}
        <div className="grid w-44 gap-1.5">
          <p className="text-sm text-ink-soft tabular-nums">{t("progress", { marked: counts.marked, all })}</p>
          <Progress value={all === 0 ? 0 : (100 * counts.marked) / all} label={t("pile")} />
        </div>
      </div>
    </PageHead>
  );
}

function useDeskShortcuts(): void {
  const t = useTranslations("marking");
  useShortcuts([
    { keys: ["0", "…", "9"], does: t("keys.digits") },
    { keys: ["↑", "↓"], does: t("keys.step") },
    { keys: ["⌫"], does: t("keys.clear") },
    { keys: ["Enter"], does: t("keys.save") },
    { keys: ["Ctrl", "Enter"], does: t("keys.saveFromComment") },
    { keys: ["Z"], does: t("keys.last") },
  ]);
}

export function ScriptWaiting() {
  return (
    <div
      aria-busy
      data-wide
      className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_20rem] xl:grid-cols-[minmax(0,1fr)_22rem_18rem]"
    >
      <Skeleton className="h-[70vh]" />
      <Skeleton className="h-[50vh]" />
      <Skeleton className="h-[50vh] max-xl:hidden" />
    </div>
  );
}
