"use client";

import { ChevronRight, FileUp, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { FileButton } from "@/components/ui/file-button";
import { IconButton } from "@/components/ui/icon-button";
import { Progress } from "@/components/ui/progress";
import { KINDS } from "@/features/syllabi/choose-syllabus";
import type { Syllabus } from "@/features/syllabi/course-syllabi";
import { RemoveSyllabus } from "@/features/syllabi/remove-syllabus";
import { sizeOf } from "@/components/files/size";
import { Link } from "@/i18n/navigation";
import { doneOf, isFinished, useJob } from "@/lib/job";
import { useTimes } from "@/lib/time";
import { useWords } from "@/lib/words";

interface Props {
  syllabus: Syllabus;
  onChange: () => void;
  /** Null where a new edition cannot be sent now: of an older one, or while something else is on its way. */
  onEdition: ((file: File) => void) | null;
}

export function SyllabusLine({ syllabus, onChange, onEdition }: Props) {
  const t = useTranslations("syllabi");
  const words = useWords();
  const times = useTimes();
  const [isRemoving, setRemoving] = useState(false);
  const { state, trouble } = syllabus;
  return (
    <li className="flex items-center gap-3 px-5 py-4">
      <div className="grid min-w-0 flex-1 gap-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Title syllabus={syllabus} />
          {syllabus.edition > 1 && <Badge>{t("edition", { number: syllabus.edition })}</Badge>}
          {state === "failed" && <Badge tone="bad">{t("states.failed")}</Badge>}
        </div>
        <p className="truncate text-sm text-ink-faint">
          {syllabus.filename} · {sizeOf(syllabus.size)} · {times.moment(syllabus.created_at)}
          {state === "ready" && ` · ${t("amount", { pages: syllabus.pages, characters: syllabus.characters })}`}
        </p>
        {trouble && <p className="max-w-prose text-sm text-bad">{words(trouble)}</p>}
        {state === "reading" && syllabus.job !== null && <Reading job_id={syllabus.job} onDone={onChange} />}
      </div>
      {onEdition && (
        <FileButton accept={KINDS} size="sm" look="quiet" onFile={onEdition}>
          <FileUp aria-hidden />
          <span className="max-sm:sr-only">{t("newEdition")}</span>
        </FileButton>
      )}
      <IconButton icon={Trash2} label={t("remove", { title: syllabus.title })} onClick={() => setRemoving(true)} />
      <RemoveSyllabus syllabus={syllabus} open={isRemoving} onOpenChange={setRemoving} onRemoved={onChange} />
    </li>
  );
}

function Title({ syllabus }: { syllabus: Syllabus }) {
  if (syllabus.state !== "ready") return <span className="font-medium">{syllabus.title}</span>;
  return (
    <Link href={`/syllabi/${syllabus.id}`} className="inline-flex items-center gap-1 font-medium hover:text-accent">
      {syllabus.title}
      <ChevronRight className="size-4 text-ink-faint" aria-hidden />
    </Link>
  );
}

function Reading({ job_id, onDone }: { job_id: number; onDone: () => void }) {
  const t = useTranslations("syllabi");
  const { data: job } = useJob(job_id);
  const isOver = job !== undefined && isFinished(job);
  useEffect(() => {
    if (isOver) onDone();
    // Once when it is over: the callback is a new function each time.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isOver]);
  return (
    <div className="grid max-w-sm gap-1.5 pt-1" role="status">
      <p className="text-sm text-ink-soft">{t("states.reading")}</p>
      <Progress value={doneOf(job)} label={t("states.reading")} />
    </div>
  );
}
