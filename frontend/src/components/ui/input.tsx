import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

export const controlLook =
  "w-full rounded-control border border-line-strong/60 bg-surface px-3 text-base text-ink placeholder:text-ink-faint hover:border-line-strong disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-faint aria-invalid:border-bad sm:text-sm";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cn(controlLook, "h-11 sm:h-10", className)} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={cn(controlLook, "min-h-24 py-2 leading-relaxed", className)} {...rest} />;
}

/** A choice of few words, by the browser's own control: best with a thumb and a screen reader. */
export function NativeSelect({ className, ...rest }: ComponentProps<"select">) {
  return <select className={cn(controlLook, "h-11 sm:h-10", className)} {...rest} />;
}
