"use client";

import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";

const PAUSE_MS = 500;

interface Props {
  text: ReactNode;
  /** One element that takes focus; its own name must not depend on the tooltip. */
  children: ReactNode;
}

export function Tooltip({ text, children }: Props) {
  return (
    <Radix.Provider delayDuration={PAUSE_MS}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            sideOffset={6}
            collisionPadding={8}
            className="z-60 max-w-64 rounded-chip bg-ink px-2 py-1 text-xs text-on-ink shadow-raised data-[state=delayed-open]:animate-in data-[state=delayed-open]:fade-in forced-colors:border"
          >
            {text}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
