"use client";

import { Toaster as Sonner } from "sonner";
import { useAppStore } from "@/lib/store";

/** Where short notices appear. Pages say `toast(...)` themselves; the data layer never does. */
export function Toaster() {
  const theme = useAppStore((state) => state.theme);
  return (
    <Sonner
      theme={theme}
      position="bottom-center"
      gap={8}
      toastOptions={{
        classNames: {
          toast: "!rounded-control !border-line !bg-surface !text-ink !shadow-raised",
          actionButton: "!bg-accent !text-on-accent",
        },
      }}
    />
  );
}
