"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import { controlHeight, controlLook } from "@/components/ui/input";
import { useAnsweredPress } from "@/components/ui/use-answered-press";
import { cn } from "@/lib/cn";

interface Props<Value extends string> {
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: string }[];
  label: string;
  className?: string;
  isDisabled?: boolean;
}

/** A filter or a choice that acts at once. In forms, `NativeSelect`. */
export function Select<Value extends string>({ value, onChange, options, label, className, isDisabled }: Props<Value>) {
  const [isOpen, setOpen] = useAnsweredPress();
  return (
    <Radix.Root
      open={isOpen}
      onOpenChange={setOpen}
      value={value}
      onValueChange={(next) => onChange(next as Value)}
      disabled={isDisabled}
    >
      <Radix.Trigger
        aria-label={label}
        className={cn(controlLook, controlHeight, "flex items-center justify-between gap-2", className)}
      >
        <span className="truncate">
          <Radix.Value />
        </span>
        <Radix.Icon>
          <ChevronDown className="size-4 text-ink-faint" aria-hidden />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden rounded-control border border-line bg-raised shadow-raised"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                className="flex h-10 cursor-pointer items-center justify-between gap-4 rounded-chip px-3 text-sm outline-none data-[highlighted]:bg-sunken pointer-coarse:h-touch"
              >
                <Radix.ItemText>{option.label}</Radix.ItemText>
                <Radix.ItemIndicator>
                  <Check className="size-4 text-accent" aria-hidden />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
