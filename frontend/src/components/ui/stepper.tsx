import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

export interface Step {
  key: string;
  title: ReactNode;
  /** When, how long, or what came of it. */
  about?: ReactNode;
}

interface Props {
  label: string;
  steps: readonly Step[];
  /** The key of the step at hand; those before it are done. Null: none has begun. */
  current: string | null;
  className?: string;
}

/** What is done, what is at hand and what is to come, in order. */
export function Stepper({ label, steps, current, className }: Props) {
  const at = steps.findIndex(({ key }) => key === current);
  return (
    <ol aria-label={label} className={cn("flex max-sm:flex-col", className)}>
      {steps.map(({ key, title, about }, index) => {
        const isDone = index < at;
        const isHere = index === at;
        return (
          <li
            key={key}
            aria-current={isHere ? "step" : undefined}
            className={cn(
              "flex-1 border-line pr-3 text-sm text-ink-faint max-sm:border-l-2 max-sm:py-1 max-sm:pl-3 sm:border-t-2 sm:pt-2",
              (isDone || isHere) && "border-accent text-ink",
            )}
          >
            <span className={cn("flex items-center gap-1.5", isHere && "font-semibold")}>
              {isDone && <Check className="size-4 shrink-0 text-accent" aria-hidden />}
              {title}
            </span>
            {about && <span className="block text-xs text-ink-faint tabular-nums">{about}</span>}
          </li>
        );
      })}
    </ol>
  );
}
