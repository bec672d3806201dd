"use client";

import { Popover as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** One button. */
  trigger: ReactNode;
  label: string;
  className?: string;
  children: ReactNode;
}

/** A panel that hangs from its button, as wide as a phone allows. */
export function Popover({ open, onOpenChange, trigger, label, className, children }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          className={cn(
            "z-50 flex max-h-[min(32rem,var(--radix-popover-content-available-height))] w-[min(25rem,calc(100vw-1rem))] flex-col rounded-card border border-line bg-surface shadow-raised outline-none data-[state=open]:animate-in data-[state=open]:fade-in",
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
