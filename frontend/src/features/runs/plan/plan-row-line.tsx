"use client";

import { ArrowDown, ArrowUp, GripVertical, Lock, LockOpen, Minus, Pencil, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { KeyboardEvent } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { useWords } from "@/lib/words";
import type { PlanRow, Session } from "../types";
import { draggable, droppable } from "./dragging";
import { moved, placeOf, stepped, withRow } from "./plan-rules";
import type { Look } from "./plan-table";
import { useRowTitle } from "./use-row-title";

interface Props extends Look {
  row: PlanRow;
  session: Session;
  onEdit: (key: string) => void;
}

const LEAST_HOURS = 0.5;

/** Taken by the mouse, by its buttons, or by Alt and the arrows while the focus is in it. */
export function PlanRowLine({ row, session, plan, names, mayEdit, onChange, onEdit }: Props) {
  const t = useTranslations("run");
  const words = useWords();
  const drop = (key: string) => {
    const at = placeOf(plan, row.key)?.at ?? 0;
    if (key !== row.key) onChange(moved(plan, key, { session: session.number, at }));
  };
  const title = useRowTitle(names)(row);
  const step = (by: -1 | 1) => onChange(stepped(plan, row.key, by));
  const byKeys = (event: KeyboardEvent) => {
    if (!mayEdit || !event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    step(event.key === "ArrowUp" ? -1 : 1);
  };
  const lock = () => onChange(withRow(plan, row.key, { locked: !row.locked }));
  return (
    <li
      {...draggable(row.key, mayEdit)}
      {...droppable(drop, mayEdit)}
      onKeyDown={byKeys}
      className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-2 px-5 py-3.5 data-over:bg-accent-soft sm:grid-cols-[minmax(0,1fr)_7.5rem_auto]"
    >
      <div className="flex min-w-0 gap-2.5">
        {mayEdit && (
          <GripVertical className="mt-1 -ml-2 size-4 shrink-0 cursor-grab text-ink-faint print:hidden" aria-hidden />
        )}
        <div className="grid min-w-0 gap-0.5">
          <p className="font-medium break-words">{title}</p>
          <p className="text-sm break-words">{words(row.activity)}</p>
          <p className="text-xs break-words text-ink-faint">{words(row.reason)}</p>
        </div>
      </div>
      <Hours
        row={row}
        title={title}
        mayEdit={mayEdit}
        onHours={(hours) => onChange(withRow(plan, row.key, { hours }))}
      />
      {mayEdit && (
        <div className="flex justify-end max-sm:col-span-2 print:hidden">
          <IconButton icon={ArrowUp} label={t("earlier", { title })} onClick={() => step(-1)} />
          <IconButton icon={ArrowDown} label={t("later", { title })} onClick={() => step(1)} />
          <IconButton
            icon={row.locked ? Lock : LockOpen}
            label={t(row.locked ? "unlock" : "lock", { title })}
            aria-pressed={row.locked}
            className={row.locked ? "text-accent" : undefined}
            onClick={lock}
          />
          <IconButton icon={Pencil} label={t("editRow", { title })} onClick={() => onEdit(row.key)} />
        </div>
      )}
    </li>
  );
}

interface HoursProps {
  row: PlanRow;
  title: string;
  mayEdit: boolean;
  onHours: (hours: number) => void;
}

function Hours({ row, title, mayEdit, onHours }: HoursProps) {
  const t = useTranslations("run");
  return (
    <div className="flex min-h-10 items-center justify-end gap-1 tabular-nums">
      {mayEdit && (
        <IconButton
          icon={Minus}
          label={t("less", { title })}
          disabled={row.hours <= LEAST_HOURS}
          className="size-8 print:hidden"
          onClick={() => onHours(row.hours - LEAST_HOURS)}
        />
      )}
      <span className="min-w-8 text-center text-sm font-medium" aria-label={t("hoursOf", { hours: row.hours })}>
        {row.hours}
      </span>
      {mayEdit && (
        <IconButton
          icon={Plus}
          label={t("moreHours", { title })}
          className="size-8 print:hidden"
          onClick={() => onHours(row.hours + LEAST_HOURS)}
        />
      )}
    </div>
  );
}
