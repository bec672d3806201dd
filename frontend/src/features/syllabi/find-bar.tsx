"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { SearchBox } from "@/components/ui/search-box";

interface Props {
  count: number;
  place: number;
  sought: string;
  onSeek: (text: string) => void;
  onPlace: (place: number) => void;
}

/** Stays in sight while the text goes by. */
export function FindBar({ count, place, sought, onSeek, onPlace }: Props) {
  const t = useTranslations("syllabi");
  const step = (by: number) => onPlace((place + by + count) % count);
  return (
    <div
      role="search"
      className="sticky top-20 z-10 flex items-center gap-1 rounded-control bg-surface/95 shadow-sheet"
    >
      <SearchBox label={t("find")} onSearch={onSeek} className="flex-1" />
      {sought !== "" && (
        <p role="status" className="px-2 text-sm whitespace-nowrap text-ink-soft tabular-nums">
          {count > 0 ? t("place", { place: place + 1, count }) : t("notFound")}
        </p>
      )}
      <IconButton icon={ChevronUp} label={t("before")} disabled={count === 0} onClick={() => step(-1)} />
      <IconButton icon={ChevronDown} label={t("next")} disabled={count === 0} onClick={() => step(1)} />
    </div>
  );
}
