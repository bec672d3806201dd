import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

interface Props {
  label: ReactNode;
  value: ReactNode;
  /** What it is out of, in what unit, or what it was before. */
  about?: ReactNode;
  className?: string;
}

/** One figure with its name; several stand in a `dl`. */
export function Stat({ label, value, about, className }: Props) {
  return (
    <div className={cn("grid content-start gap-0.5", className)}>
      <dt className="text-sm text-ink-faint">{label}</dt>
      <dd className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-title text-2xl font-semibold tabular-nums">{value}</span>
        {about && <span className="text-sm text-ink-faint">{about}</span>}
      </dd>
    </div>
  );
}
