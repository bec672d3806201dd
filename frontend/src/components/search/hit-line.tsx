"use client";

import { BookOpen, CircleHelp, FileText, type LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Hit, Kind } from "@/components/search/hits";
import { Pieces } from "@/components/search/pieces";
import { cn } from "@/lib/cn";

const icons: Record<Kind, LucideIcon> = { course: BookOpen, paper: FileText, item: CircleHelp };

interface Props {
  hit: Hit;
  /** In the box two lines of a text are enough. */
  isShort?: boolean;
}

export function HitLine({ hit, isShort = false }: Props) {
  const Icon = icons[hit.kind];
  return (
    <>
      <Icon className="mt-0.5 size-4.5 shrink-0 stroke-[1.5] text-ink-faint" aria-hidden />
      <span className="grid min-w-0 flex-1 gap-0.5">
        <span className={cn("text-[0.9375rem]", hit.kind !== "item" && "font-medium", isShort && "line-clamp-2")}>
          <Pieces pieces={hit.title} />
        </span>
        {hit.about.length > 0 && (
          <span className={cn("text-sm text-ink-soft", isShort && "line-clamp-1")}>
            <Pieces pieces={hit.about} />
          </span>
        )}
        <Facts hit={hit} />
      </span>
    </>
  );
}

function Facts({ hit }: { hit: Hit }) {
  const t = useTranslations("search");
  if (hit.of === null) return null;
  const facts = "teacher" in hit.of ? [t("teacher", { name: hit.of.teacher })] : [t(`itemKinds.${hit.of.item}`)];
  if ("slot" in hit.of) facts.push(nameOf(hit.of.slot, t));
  return <span className="text-xs text-ink-faint">{facts.join(" · ")}</span>;
}

function nameOf(slot: string | null, t: ReturnType<typeof useTranslations<"search">>): string {
  if (slot === null) return t("noPaper");
  return slot === "W" || slot === "T" ? t(`slots.${slot}`) : t("inPaper", { slot });
}
