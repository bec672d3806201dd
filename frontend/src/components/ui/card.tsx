import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/lib/cn";

/** A sheet of paper on the desk. */
export function Card({ className, ...rest }: ComponentProps<"section">) {
  return (
    <section
      className={cn(
        "rounded-card border border-line bg-surface shadow-sheet print:rounded-none print:border-x-0 print:border-b-0 print:shadow-none",
        className,
      )}
      {...rest}
    />
  );
}

interface HeadProps {
  title: ReactNode;
  about?: ReactNode;
  /** Buttons at the right. */
  children?: ReactNode;
  className?: string;
}

export function CardHead({ title, about, children, className }: HeadProps) {
  return (
    <div className={cn("flex flex-wrap items-center justify-between gap-3 px-5 pt-4 pb-3", className)}>
      <div className="min-w-0">
        <h2 className="font-title text-lg font-semibold">{title}</h2>
        {about && <p className="text-sm text-ink-faint">{about}</p>}
      </div>
      {children && <div className="flex flex-wrap gap-2">{children}</div>}
    </div>
  );
}
