import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

/** 16 px on phones: below that iOS zooms into the field. */
export const controlLook =
  "w-full rounded-control border border-line-strong/70 bg-surface px-3 text-base text-ink transition-colors placeholder:text-ink-faint hover:border-line-strong [&[readonly]]:bg-sunken disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-faint aria-invalid:border-bad sm:text-sm";

export const controlHeight = "h-10 pointer-coarse:h-touch";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cn(controlLook, controlHeight, className)} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={cn(controlLook, "min-h-24 py-2 leading-relaxed", className)} {...rest} />;
}

/** A choice of few words, by the browser's own control: best with a thumb and a screen reader. */
export function NativeSelect({ className, ...rest }: ComponentProps<"select">) {
  return (
    <span className={cn("relative block w-full", className)}>
      <select className={cn(controlLook, controlHeight, "appearance-none truncate bg-surface pr-9")} {...rest} />
      <ChevronDown
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-ink-faint"
        aria-hidden
      />
    </span>
  );
}
