"use client";

import dynamic from "next/dynamic";
import { useQueryClient } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "@/lib/toast";
import type { Schema } from "@/client/types";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Loaded } from "@/components/ui/loaded";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { $api, api } from "@/lib/api";
import { asProblem } from "@/lib/problem";
import { useWords } from "@/lib/words";

const ExceptionForm = dynamic(
  () => import("@/features/courses/assignments/exception-form").then((it) => it.ExceptionForm),
  {
    loading: () => <Skeleton className="h-80" />,
  },
);

type Given = Schema<"ExceptionOut">;

interface Props {
  assignment: Schema<"AssignmentOut">;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function ExceptionsDialog({ assignment, open, onOpenChange }: Props) {
  const t = useTranslations("assignments");
  const [isAdding, setAdding] = useState(false);
  const params = { path: { assignment_id: assignment.id } };
  const list = $api.useQuery("get", "/api/v1/assignments/{assignment_id}/exceptions", { params }, { enabled: open });
  const reread = useReread(assignment.id);
  const put = async (body: Schema<"ExceptionIn">) => {
    await api.PUT("/api/v1/assignments/{assignment_id}/exceptions", { params, body });
    await reread();
    setAdding(false);
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("exceptions")} about={t("exceptionsAbout")}>
      <Loaded query={list} skeleton={<SkeletonRows rows={2} />}>
        {(given) => (
          <ul className="mb-4 divide-y divide-line rounded-control border border-line empty:hidden">
            {given.map((it) => (
              <Line key={it.id} given={it} assignment_id={assignment.id} />
            ))}
          </ul>
        )}
      </Loaded>
      {list.data?.length === 0 && !isAdding && <p className="mb-4 text-sm text-ink-faint">{t("noExceptions")}</p>}
      {isAdding ? (
        <ExceptionForm course_id={assignment.course} onSave={put} onCancel={() => setAdding(false)} />
      ) : (
        <Button onClick={() => setAdding(true)}>
          <Plus aria-hidden />
          {t("addException")}
        </Button>
      )}
    </Dialog>
  );
}

function useReread(assignment_id: number): () => Promise<void> {
  const queries = useQueryClient();
  const params = { path: { assignment_id } };
  return () =>
    queries.invalidateQueries({ queryKey: ["get", "/api/v1/assignments/{assignment_id}/exceptions", { params }] });
}

function Line({ given, assignment_id }: { given: Given; assignment_id: number }) {
  const t = useTranslations("assignments");
  const words = useWords();
  const reread = useReread(assignment_id);
  const params = { path: { assignment_id, user_id: given.student } };
  const remove = () =>
    api
      .DELETE("/api/v1/assignments/{assignment_id}/exceptions/{user_id}", { params })
      .then(reread)
      .catch((error: unknown) => toast.error(words(asProblem(error).words)));
  return (
    <li className="flex items-center gap-3 px-4 py-2.5 text-sm">
      <div className="min-w-0 flex-1">
        <p className="font-medium">{given.student_name}</p>
        <p className="mt-0.5 flex flex-wrap gap-1.5">
          {given.extra_percent > 0 && <Badge>{t("extraOf", { percent: given.extra_percent })}</Badge>}
          {given.extra_attempts > 0 && <Badge>{t("attemptsOf", { count: given.extra_attempts })}</Badge>}
          {(given.opens_at ?? given.closes_at) && <Badge>{t("ownWindow")}</Badge>}
          {given.is_excused && <Badge tone="warn">{t("excused")}</Badge>}
          {given.reason && <span className="text-ink-faint">{given.reason}</span>}
        </p>
      </div>
      <Button
        size="icon"
        look="quiet"
        aria-label={t("removeException", { name: given.student_name })}
        onClick={() => void remove()}
      >
        <Trash2 aria-hidden />
      </Button>
    </li>
  );
}
