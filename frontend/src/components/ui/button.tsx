import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

export const buttonLook = cva(
  "relative inline-flex shrink-0 items-center justify-center gap-2 rounded-control font-medium whitespace-nowrap transition-colors select-none disabled:cursor-not-allowed disabled:opacity-50 aria-busy:cursor-progress aria-busy:opacity-100 aria-disabled:cursor-not-allowed aria-disabled:opacity-50 forced-colors:border [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      look: {
        primary: "bg-accent text-on-accent hover:bg-accent-strong active:bg-accent-strong",
        secondary:
          "border border-line-strong/50 bg-surface text-ink hover:border-line-strong hover:bg-sunken active:bg-sunken",
        quiet: "text-ink-soft hover:bg-sunken hover:text-ink aria-expanded:bg-sunken",
        danger: "bg-bad text-on-accent hover:bg-bad-strong",
        link: "h-auto rounded-chip px-0 text-accent underline-offset-4 hover:underline forced-colors:border-0",
      },
      /** A finger gets its 44 px whatever the size says. */
      size: {
        sm: "h-8.5 px-3 text-sm pointer-coarse:h-touch",
        md: "h-10 px-4 text-sm pointer-coarse:h-touch",
        lg: "h-12 px-6 text-base",
        icon: "size-10 pointer-coarse:size-touch",
      },
    },
    compoundVariants: [{ look: "link", className: "h-auto px-0 pointer-coarse:h-auto pointer-coarse:min-h-touch" }],
    defaultVariants: { look: "secondary", size: "md" },
  },
);

interface Props extends ComponentProps<"button">, VariantProps<typeof buttonLook> {
  /** The child becomes the button, for links. */
  asChild?: boolean;
  /** Work is under way: shown in the button's own place, and a second press does nothing. */
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
    <button
      type={type ?? "button"}
      className={style}
      disabled={disabled || isBusy}
      aria-busy={isBusy || undefined}
      {...rest}
    >
      {isBusy ? (
        <>
          <span className="absolute inset-0 grid place-items-center">
            <LoaderCircle className="animate-spin" aria-hidden />
          </span>
          <span className="inline-flex items-center gap-2 opacity-0">{children}</span>
        </>
      ) : (
        children
      )}
    </button>
  );
}
