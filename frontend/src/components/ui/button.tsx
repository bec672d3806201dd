import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

export const buttonLook = cva(
  "inline-flex shrink-0 items-center justify-center gap-2 rounded-control font-medium whitespace-nowrap transition-colors select-none disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      look: {
        primary: "bg-accent text-on-accent hover:bg-accent-strong",
        secondary: "border border-line bg-surface text-ink hover:bg-sunken",
        quiet: "text-ink-soft hover:bg-sunken hover:text-ink",
        danger: "bg-bad text-on-accent hover:bg-bad-strong",
        link: "h-auto rounded-sm px-0 text-accent underline-offset-4 hover:underline",
      },
      size: {
        sm: "h-9 px-3 text-sm",
        md: "h-11 px-4 text-sm sm:h-10",
        lg: "h-12 px-6 text-base",
        icon: "size-11 sm:size-10",
      },
    },
    compoundVariants: [{ look: "link", className: "h-auto px-0 sm:h-auto" }],
    defaultVariants: { look: "secondary", size: "md" },
  },
);

interface Props extends ComponentProps<"button">, VariantProps<typeof buttonLook> {
  /** The child becomes the button, for links. */
  asChild?: boolean;
  /** Work is under way: shown, and a second press does nothing. */
  isBusy?: boolean;
}

export function Button({ className, look, size, asChild, isBusy, disabled, children, type, ...rest }: Props) {
  const style = cn(buttonLook({ look, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={style} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button type={type ?? "button"} className={style} disabled={disabled || isBusy} aria-busy={isBusy} {...rest}>
      {isBusy && <LoaderCircle className="animate-spin" aria-hidden />}
      {children}
    </button>
  );
}
