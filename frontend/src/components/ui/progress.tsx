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
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={known ? Math.round(value) : undefined}
      className={cn("h-2 overflow-hidden rounded-full bg-sunken", className)}
    >
      <div
        className={cn("h-full rounded-full bg-accent transition-[width]", !known && "w-1/3 animate-pulse")}
        style={known ? { width: `${Math.min(100, Math.max(0, value))}%` } : undefined}
      />
    </div>
  );
}
