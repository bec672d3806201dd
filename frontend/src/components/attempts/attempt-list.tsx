"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { isOpen } from "@/components/attempts/is-open";
import { Status } from "@/components/ui/badge";
import { Link } from "@/i18n/navigation";
import { useTimes } from "@/lib/time";
import { useWords } from "@/lib/words";

type Row = Schema<"AttemptRow">;

/** Attempts, newest first: an open one leads to its room, a closed one to its report. */
export function AttemptList({ attempts }: { attempts: readonly Row[] }) {
  return (
    <ul className="divide-y divide-line">
      {attempts.map((attempt) => (
        <AttemptLine key={attempt.id} attempt={attempt} />
      ))}
    </ul>
  );
}

function AttemptLine({ attempt }: { attempt: Row }) {
  const t = useTranslations("attempts");
  const common = useTranslations("common");
  const words = useWords();
  const times = useTimes();
  const open = isOpen(attempt);
  return (
    <li>
      <Link
        href={open ? `/attempt/${attempt.id}` : `/report/${attempt.id}`}
        className="flex items-center gap-4 px-5 py-3.5 transition-colors hover:bg-sunken/60"
      >
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium">{attempt.assignment_title || words(attempt.paper_title)}</p>
          <p className="truncate text-sm text-ink-faint">
            {t(`modes.${attempt.mode}`)} · {times.moment(attempt.created_at)}
            {attempt.course_name && ` · ${attempt.course_name}`}
          </p>
        </div>
        {attempt.raw !== null && !open && (
          <p className="text-right text-sm tabular-nums">
            <span className="font-title text-lg font-semibold">{attempt.raw}</span>
            <span className="text-ink-faint"> / {attempt.raw_of}</span>
            {attempt.estimate !== null && (
              <span className="block text-xs text-ink-faint">{t("estimate", { score: attempt.estimate })}</span>
            )}
          </p>
        )}
        <Status tone={open ? "accent" : attempt.state === "marked" ? "good" : "plain"} className="text-ink-soft">
          {common(`states.${attempt.state}`)}
        </Status>
        <ChevronRight className="size-4 shrink-0 text-ink-faint max-sm:hidden" aria-hidden />
      </Link>
    </li>
  );
}
