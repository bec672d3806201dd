import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

const badgeLook = cva(
  "inline-flex items-center gap-1 rounded-chip px-1.5 py-px text-xs leading-5 font-medium whitespace-nowrap forced-colors:border",
  {
    variants: {
      tone: {
        plain: "bg-sunken text-ink-soft",
        accent: "bg-accent-soft text-accent",
        good: "bg-good-soft text-good",
        warn: "bg-warn-soft text-warn",
        bad: "bg-bad-soft text-bad",
      },
    },
    defaultVariants: { tone: "plain" },
  },
);

export type Tone = NonNullable<VariantProps<typeof badgeLook>["tone"]>;

/** A word that sorts: what kind of thing this is. */
export function Badge({ tone, className, ...rest }: ComponentProps<"span"> & VariantProps<typeof badgeLook>) {
  return <span className={cn(badgeLook({ tone }), className)} {...rest} />;
}

const dots: Record<Tone, string> = {
  plain: "bg-line-strong",
  accent: "bg-accent",
  good: "bg-good",
  warn: "bg-warn",
  bad: "bg-bad",
};

/** How something stands, quieter than a badge: a dot and its word. */
export function Status({ tone = "plain", className, children, ...rest }: ComponentProps<"span"> & { tone?: Tone }) {
  return (
    <span className={cn("inline-flex items-center gap-1.5 text-sm whitespace-nowrap", className)} {...rest}>
      <span aria-hidden className={cn("size-2 shrink-0 rounded-full forced-color-adjust-none", dots[tone])} />
      {children}
    </span>
  );
}
