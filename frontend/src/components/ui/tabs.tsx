"use client";

import { Tabs as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";
import { Later } from "./later";

export function Tabs(props: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root {...props} />;
}

export function TabList({ className, ...rest }: ComponentProps<typeof Radix.List>) {
  return (
    <Radix.List
      className={cn(
        "-mx-4 flex gap-6 overflow-x-auto border-b border-line pr-8 pl-4 [scrollbar-width:none] sm:mx-0 sm:px-0",
        // On a phone the row fades where it goes on, in the room that its end leaves.
        "max-sm:[mask-image:linear-gradient(to_right,black_calc(100%-2rem),transparent)]",
        className,
      )}
      {...rest}
    />
  );
}

export function Tab({ className, ...rest }: ComponentProps<typeof Radix.Trigger>) {
  return (
    <Radix.Trigger
      className={cn(
        "-mb-px h-touch shrink-0 border-b-2 border-transparent text-sm font-medium whitespace-nowrap text-ink-soft -outline-offset-2 transition-colors hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink",
        className,
      )}
      {...rest}
    />
  );
}

export function TabPanel({ className, children, ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Content className={cn("pt-5 outline-offset-4", className)} {...rest}>
      <Later>{children}</Later>
    </Radix.Content>
  );
}
