"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Loaded } from "@/components/ui/loaded";
import { Skeleton } from "@/components/ui/skeleton";
import { $api } from "@/lib/api";
import { index, percent, type ItemView } from "./analysis-rules";
import { ClassAnswers } from "./class-answers";
import { ItemPassage } from "./item-passage";
import { tones } from "./item-table";

interface Props {
  assignment: number;
  slot: string;
  onSlot: (slot: string | null) => void;
}

/** One item as it is printed, with its passage, why the key is the key, and what the class answered. */
export function ItemDialog({ assignment, slot, onSlot }: Props) {
  const t = useTranslations("analysis");
  const params = { path: { assignment_id: assignment, slot } };
  const query = $api.useQuery("get", "/api/v1/assignments/{assignment_id}/analysis/{slot}", { params });
  return (
    <Dialog open onOpenChange={() => onSlot(null)} title={t("item", { slot })} className="sm:max-w-5xl">
      <Loaded query={query} skeleton={<Skeleton className="h-[60dvh]" />}>
        {(view) => (
          <div className="grid gap-5">
            <Head view={view} onSlot={onSlot} />
            <div className="grid items-start gap-6 lg:grid-cols-2">
              {view.passage && <ItemPassage view={view} passage={view.passage} />}
              <ClassAnswers view={view} />
            </div>
          </div>
        )}
      </Loaded>
    </Dialog>
  );
}

function Head({ view, onSlot }: { view: ItemView; onSlot: Props["onSlot"] }) {
  const t = useTranslations("analysis");
  const { row, before, after } = view;
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2 text-sm">
      <Fact name={t("facility")} value={`${percent(row.facility)} (${row.correct}/${row.students})`} />
      <Fact name={t("discrimination")} value={index(row.discrimination)} />
      <Fact name={t("biserial")} value={index(row.point_biserial)} />
      {row.flags.map((flag) => (
        <Badge key={flag} tone={tones[flag]}>
          {t(`flagsAbout.${flag}`)}
        </Badge>
      ))}
      <span className="ml-auto flex gap-1">
        <Button size="icon" look="quiet" aria-label={t("before")} disabled={!before} onClick={() => onSlot(before)}>
          <ChevronLeft aria-hidden />
        </Button>
        <Button size="icon" look="quiet" aria-label={t("after")} disabled={!after} onClick={() => onSlot(after)}>
          <ChevronRight aria-hidden />
        </Button>
      </span>
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <span>
      <span className="text-ink-faint">{name}</span> <strong className="tabular-nums">{value}</strong>
    </span>
  );
}
