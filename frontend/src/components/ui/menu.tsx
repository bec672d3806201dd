"use client";

import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { useAnsweredPress } from "@/components/ui/use-answered-press";
import { cn } from "@/lib/cn";

interface Props {
  /** One button. */
  trigger: ReactNode;
  align?: "start" | "end";
  startsOpen?: boolean;
  children: ReactNode;
}

export function Menu({ trigger, align = "end", startsOpen = false, children }: Props) {
  const [isOpen, setOpen] = useAnsweredPress(startsOpen);
  return (
    <Radix.Root modal={false} open={isOpen} onOpenChange={setOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-control border border-line bg-raised p-1 shadow-raised data-[state=open]:animate-in data-[state=open]:fade-in"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

const itemLook =
  "flex min-h-10 cursor-pointer items-center gap-2.5 rounded-chip px-3 text-sm outline-none data-[disabled]:cursor-not-allowed data-[disabled]:opacity-50 data-[highlighted]:bg-sunken pointer-coarse:min-h-touch [&_svg]:size-4 [&_svg]:text-ink-faint";

export function MenuItem({ className, isDanger, ...rest }: ComponentProps<typeof Radix.Item> & { isDanger?: boolean }) {
  return <Radix.Item className={cn(itemLook, isDanger && "text-bad [&_svg]:text-bad", className)} {...rest} />;
}

/** One of several in a `MenuRadios`. */
export function MenuRadio({ className, ...rest }: ComponentProps<typeof Radix.RadioItem>) {
  return <Radix.RadioItem className={cn(itemLook, "justify-between", className)} {...rest} />;
}

export const MenuRadios = Radix.RadioGroup;
export const MenuChosen = Radix.ItemIndicator;

export function MenuLabel({ className, ...rest }: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label className={cn("px-3 py-2 text-xs text-ink-faint", className)} {...rest} />;
}

export function MenuLine() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}
