"use client";

import { ToggleGroup as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

interface Props<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: ReactNode }[];
  className?: string;
}

/** One of a few, all to be seen; arrows move between them. */
export function Segmented<Value extends string>({ label, value, onChange, options, className }: Props<Value>) {
  return (
    <Radix.Root
      type="single"
      aria-label={label}
      value={value}
      // Radix says "" when the chosen one is pressed again: one is always chosen here.
      onValueChange={(next) => next && onChange(next as Value)}
      className={cn("inline-flex rounded-control border border-line bg-sunken p-0.5", className)}
    >
      {options.map((option) => (
        <Radix.Item
          key={option.value}
          value={option.value}
          className="inline-flex h-9 items-center gap-2 rounded-chip px-3.5 text-sm font-medium whitespace-nowrap text-ink-soft transition-colors hover:text-ink data-[state=on]:bg-surface data-[state=on]:text-ink data-[state=on]:shadow-sheet pointer-coarse:h-10 [&_svg]:size-4"
        >
          {option.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
