"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/lib/cn";
import { percent } from "../flow/flow-rules";
import type { Point } from "../types";

interface Props {
  points: readonly Point[];
  chosen: string | null;
  onChoose: (key: string) => void;
  /** What stands below the chosen point, where there is no room beside the tree. */
  detail: ReactNode;
  level?: number;
}

export function PointTree({ points, level = 1, ...rest }: Props) {
  const t = useTranslations("run");
  return (
    <ul
      aria-label={level === 1 ? t("points") : undefined}
      className={cn(level === 1 ? "divide-y divide-line" : "ml-4 border-l border-line pl-1 sm:ml-5 sm:pl-2")}
    >
      {points.map((point) => (
        <Branch key={point.key} point={point} level={level} {...rest} />
      ))}
    </ul>
  );
}

function Branch({ point, level, ...rest }: Omit<Props, "points"> & { point: Point; level: number }) {
  const t = useTranslations("run");
  const [isUnfolded, setUnfolded] = useState(true);
  const { chosen, onChoose, detail } = rest;
  const isChosen = chosen === point.key;
  const Fold = isUnfolded ? ChevronDown : ChevronRight;
  return (
    <li className={cn(level === 1 && "py-1.5")}>
      <div className={cn("flex items-center gap-1 rounded-control pr-2", isChosen && "bg-accent-soft")}>
        {point.children.length > 0 ? (
          <button
            type="button"
            aria-expanded={isUnfolded}
            aria-label={t(isUnfolded ? "fold" : "unfold", { title: point.title })}
            onClick={() => setUnfolded(!isUnfolded)}
            className="grid size-9 shrink-0 place-items-center rounded-control text-ink-faint hover:bg-sunken pointer-coarse:size-touch"
          >
            <Fold className="size-4" aria-hidden />
          </button>
        ) : (
          <span className="w-9 shrink-0 pointer-coarse:w-touch" />
        )}
        <button
          type="button"
          aria-pressed={isChosen}
          onClick={() => onChoose(point.key)}
          className="flex min-h-10 min-w-0 flex-1 flex-wrap items-center justify-between gap-x-4 rounded-control py-1 text-left hover:text-accent pointer-coarse:min-h-touch"
        >
          <span
            className={cn("min-w-0 break-words", level === 1 && "font-title font-semibold", level > 2 && "text-sm")}
          >
            {point.title}
          </span>
          <span className="flex items-center gap-2.5 text-xs text-ink-faint tabular-nums">
            {level === 1 && <Badge>{t(`areas.${point.area}`)}</Badge>}
            <Difficulty value={point.difficulty} />
            <span className="w-10 text-right text-sm font-medium text-ink">{percent(point.weight)}</span>
          </span>
        </button>
      </div>
      {isChosen && detail}
      {isUnfolded && point.children.length > 0 && <PointTree points={point.children} level={level + 1} {...rest} />}
    </li>
  );
}

/** Five steps, as a mark of how hard it is. */
function Difficulty({ value }: { value: number }) {
  const t = useTranslations("run");
  const steps = Math.max(1, Math.round(value * 5));
  return (
    <span className="flex items-center gap-0.5" role="img" aria-label={t("difficultyOf", { value: percent(value) })}>
      {[1, 2, 3, 4, 5].map((step) => (
        <span key={step} className={cn("h-2.5 w-1 rounded-full", step <= steps ? "bg-ink-soft" : "bg-line")} />
      ))}
    </span>
  );
}
