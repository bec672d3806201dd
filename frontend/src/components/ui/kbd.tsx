import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

/** A key of the keyboard. */
export function Kbd({ className, ...rest }: ComponentProps<"kbd">) {
  return (
    <kbd
      className={cn(
        "inline-grid h-6 min-w-6 place-items-center rounded-chip border border-b-2 border-line-strong/50 bg-surface px-1.5 font-sans text-xs leading-none font-medium text-ink-soft",
        className,
      )}
      {...rest}
    />
  );
}
