"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn";
import { filters, type Filter } from "./room-rules";

interface Props {
  counts: Record<Filter, number>;
  filter: Filter;
  onFilter: (filter: Filter) => void;
}

/** How many stand how; each number shows whom it counts. */
export function RoomFilters({ counts, filter, onFilter }: Props) {
  const t = useTranslations("invigilation");
  return (
    <div
      role="group"
      aria-label={t("filter")}
      className="-mx-4 flex min-w-0 gap-2 overflow-x-auto px-4 py-0.5 sm:mx-0 sm:flex-wrap sm:px-0"
    >
      {filters.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={filter === name}
          onClick={() => onFilter(name)}
          className={cn(
            "flex h-10 shrink-0 items-center gap-2 rounded-full border border-line bg-surface px-4 text-sm text-ink-soft hover:bg-sunken",
            filter === name && "border-accent bg-accent-soft font-medium text-accent hover:bg-accent-soft",
          )}
        >
          {t(`filters.${name}`)}
          <span className={cn("tabular-nums", isAlarm(name) && counts[name] > 0 && "font-semibold text-warn")}>
            {counts[name]}
          </span>
        </button>
      ))}
    </div>
  );
}

function isAlarm(name: Filter): boolean {
  return name === "offline" || name === "away";
}
