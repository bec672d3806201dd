import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

interface Props {
  /** 0–100; null while the amount of work is not known. */
  value: number | null;
  label: string;
  className?: string;
}

export function Progress({ value, label, className }: Props) {
  const known = value !== null;
  return (
    <div
      {...valuesOf(value)}
      aria-label={label}
      className={cn("h-1.5 overflow-hidden rounded-full bg-line/80", className)}
    >
      <div
        className={cn("h-full rounded-full bg-accent transition-[width]", !known && "w-1/3 animate-breathe")}
        style={known ? { width: `${within(value)}%` } : undefined}
      />
    </div>
  );
}

const RADIUS = 16;
const AROUND = 2 * Math.PI * RADIUS;

/** The same as a ring, with room for a figure inside. */
export function ProgressRing({ value, label, className, children }: Props & { value: number; children?: ReactNode }) {
  return (
    <div
      {...valuesOf(value)}
      aria-label={label}
      className={cn("relative grid size-14 place-items-center text-xs font-semibold tabular-nums", className)}
    >
      <svg viewBox="0 0 36 36" className="absolute inset-0 -rotate-90" aria-hidden>
        <circle cx={18} cy={18} r={RADIUS} fill="none" strokeWidth={3} className="stroke-line/80" />
        <circle
          cx={18}
          cy={18}
          r={RADIUS}
          fill="none"
          strokeWidth={3}
          strokeLinecap="round"
          strokeDasharray={AROUND}
          strokeDashoffset={AROUND * (1 - within(value) / 100)}
          className="stroke-accent transition-[stroke-dashoffset]"
        />
      </svg>
      {children}
    </div>
  );
}

function valuesOf(value: number | null) {
  return {
    role: "progressbar",
    "aria-valuemin": 0,
    "aria-valuemax": 100,
    "aria-valuenow": value === null ? undefined : Math.round(value),
  };
}

function within(value: number): number {
  return Math.min(100, Math.max(0, value));
}
