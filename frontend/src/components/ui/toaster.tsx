"use client";

import { Toaster as Sonner } from "sonner";
import { useAppStore } from "@/lib/store";

/** Where short notices appear. Pages say `toast(...)` themselves; the data layer never does. */
export function Toaster() {
  const theme = useAppStore((state) => state.preferences.theme);
  return (
    <Sonner
      theme={theme}
      position="bottom-center"
      gap={8}
      // On a phone the places are at the bottom: notices stand above them.
      mobileOffset={{ bottom: "calc(5rem + env(safe-area-inset-bottom))" }}
      toastOptions={{
        classNames: {
          toast: "!rounded-control !border-line !bg-raised !text-ink !shadow-raised !font-sans",
          success: "[&_[data-icon]]:!text-good",
          error: "[&_[data-icon]]:!text-bad",
          actionButton: "!h-9 !rounded-chip !bg-accent !px-3 !text-on-accent",
        },
      }}
    />
  );
}
