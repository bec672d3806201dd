"use client";

import { useTranslations } from "next-intl";
import { FilterChips } from "@/components/ui/filter-chips";
import { filters, type Filter } from "./room-rules";

interface Props {
  counts: Record<Filter, number>;
  filter: Filter;
  onFilter: (filter: Filter) => void;
}

export function RoomFilters({ counts, filter, onFilter }: Props) {
  const t = useTranslations("invigilation");
  return (
    <FilterChips
      label={t("filter")}
      names={filters}
      words={(name) => t(`filters.${name}`)}
      counts={counts}
      chosen={filter}
      onChoose={onFilter}
      isAlarm={(name) => name === "offline" || name === "away"}
    />
  );
}
