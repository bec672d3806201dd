"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/lib/cn";
import { useTimes } from "@/lib/time";
import type { Plan, Session } from "../types";
import { droppable } from "./dragging";
import { hoursOf, moved, overOf, placeOf } from "./plan-rules";
import { PlanRowLine } from "./plan-row-line";
import { RowDialog } from "./row-dialog";

export interface Look {
  plan: Plan;
  names: ReadonlyMap<string, string>;
  mayEdit: boolean;
  onChange: (next: Plan) => void;
}

/** Session by session: what is done, for how long, and why. */
export function PlanTable(look: Look) {
  const t = useTranslations("run");
  const [edited, setEdited] = useState<string | null>(null);
  return (
    <>
      <ol aria-label={t("sessions")} className="grid grid-cols-1 gap-3">
        {look.plan.sessions.map((session) => (
          <SessionCard key={session.number} session={session} onEdit={setEdited} {...look} />
        ))}
      </ol>
      {edited !== null && <RowDialog rowKey={edited} onClose={() => setEdited(null)} {...look} />}
    </>
  );
}

function SessionCard({ session, onEdit, ...look }: Look & { session: Session; onEdit: (key: string) => void }) {
  const t = useTranslations("run");
  const { plan, onChange, mayEdit } = look;
  const drop = (key: string) => {
    const isHere = placeOf(plan, key)?.session === session.number;
    onChange(moved(plan, key, { session: session.number, at: session.rows.length - (isHere ? 1 : 0) }));
  };
  return (
    <li
      {...droppable(drop, mayEdit)}
      className="rounded-card border border-line bg-surface shadow-sheet data-over:border-accent data-over:ring-1 data-over:ring-accent print:break-inside-avoid print:shadow-none"
    >
      <SessionHead session={session} />
      {session.rows.length > 0 ? (
        <ul aria-label={t("session", { number: session.number })} className="divide-y divide-line">
          {session.rows.map((row) => (
            <PlanRowLine key={row.key} row={row} session={session} onEdit={onEdit} {...look} />
          ))}
        </ul>
      ) : (
        <p className="px-5 py-4 text-sm text-ink-faint">{t("emptySession")}</p>
      )}
    </li>
  );
}

export function SessionHead({ session }: { session: Session }) {
  const t = useTranslations("run");
  const times = useTimes();
  const over = overOf(session);
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line px-5 py-2.5">
      <h2 className="font-title font-semibold">
        {t("session", { number: session.number })}
        {session.date && (
          <span className="ml-3 font-sans text-sm font-normal text-ink-faint">
            {times.day(`${session.date}T12:00`)}
          </span>
        )}
      </h2>
      <p className={cn("flex items-center gap-2 text-sm tabular-nums", over === 0 ? "text-ink-faint" : "text-warn")}>
        {over !== 0 && (
          <Badge tone="warn">{over > 0 ? t("over", { hours: over }) : t("under", { hours: -over })}</Badge>
        )}
        {t("sessionSum", { planned: hoursOf(session), of: session.hours })}
      </p>
    </div>
  );
}
