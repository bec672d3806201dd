"use client";

import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/lib/cn";
import { useTimes } from "@/lib/time";
import type { PlanRow, Session } from "../types";
import { draggable, droppable } from "./dragging";
import { hoursOf, moved, overOf, placeOf, type Week } from "./plan-rules";
import type { Look } from "./plan-table";
import { RowDialog } from "./row-dialog";
import { useRowTitle } from "./use-row-title";

/** Week by week; on a phone the days with class below each other. A row is opened by pressing it, and dragged to another day. */
export function PlanCalendar({ weeks, ...look }: Look & { weeks: readonly Week[] }) {
  const t = useTranslations("run");
  const [edited, setEdited] = useState<string | null>(null);
  // A day of the week on which no session ever falls has no column.
  const used = [0, 1, 2, 3, 4, 5, 6].filter((day) => weeks.some((week) => week.days[day]));
  return (
    <>
      <ol aria-label={t("calendar")} className="grid grid-cols-1 gap-3">
        {weeks.map((week, place) => (
          <li key={week.monday} className="grid grid-cols-1 gap-2 md:grid-cols-[4.5rem_minmax(0,1fr)]">
            <p className="pt-2 text-sm text-ink-faint">{t("week", { number: place + 1 })}</p>
            <div
              className="grid grid-cols-1 gap-2 md:grid-cols-(--days)"
              style={{ "--days": `repeat(${used.length}, minmax(0, 1fr))` } as React.CSSProperties}
            >
              {used.map((day) => (
                <Day key={day} session={week.days[day] ?? null} onOpen={setEdited} {...look} />
              ))}
            </div>
          </li>
        ))}
      </ol>
      {edited !== null && <RowDialog rowKey={edited} onClose={() => setEdited(null)} {...look} />}
    </>
  );
}

function Day({ session, onOpen, ...look }: Look & { session: Session | null; onOpen: (key: string) => void }) {
  const t = useTranslations("run");
  const times = useTimes();
  if (!session) return <div className="rounded-card border border-dashed border-line max-md:hidden" />;
  const { plan, mayEdit, onChange } = look;
  const drop = (key: string) => {
    const isHere = placeOf(plan, key)?.session === session.number;
    onChange(moved(plan, key, { session: session.number, at: session.rows.length - (isHere ? 1 : 0) }));
  };
  const over = overOf(session);
  return (
    <section
      {...droppable(drop, mayEdit)}
      aria-label={t("session", { number: session.number })}
      className="grid content-start gap-1.5 rounded-card border border-line bg-surface p-2.5 shadow-sheet data-over:border-accent data-over:bg-accent-soft"
    >
      <p className="flex items-baseline justify-between gap-2 text-xs text-ink-faint">
        <span>{session.date && times.day(`${session.date}T12:00`)}</span>
        <span className={cn("tabular-nums", over !== 0 && "font-medium text-warn")}>
          {t("sessionSum", { planned: hoursOf(session), of: session.hours })}
        </span>
      </p>
      <ul className="grid gap-1">
        {session.rows.map((row) => (
          <Block key={row.key} row={row} onOpen={onOpen} {...look} />
        ))}
      </ul>
    </section>
  );
}

function Block({ row, names, mayEdit, onOpen }: Look & { row: PlanRow; onOpen: (key: string) => void }) {
  const t = useTranslations("run");
  const title = useRowTitle(names)(row);
  const said = (
    <>
      <span className="min-w-0 flex-1 break-words">{title}</span>
      {row.locked && <Lock className="mt-1 size-3 shrink-0 text-accent" aria-label={t("locked")} />}
      <span className="text-xs text-ink-faint tabular-nums">{row.hours}</span>
    </>
  );
  const look = "flex w-full items-start gap-1.5 rounded-chip bg-sunken px-2 py-1 text-left text-sm";
  return (
    <li {...draggable(row.key, mayEdit)}>
      {mayEdit ? (
        <button type="button" className={cn(look, "cursor-grab hover:bg-line/60")} onClick={() => onOpen(row.key)}>
          {said}
        </button>
      ) : (
        <span className={look}>{said}</span>
      )}
    </li>
  );
}
