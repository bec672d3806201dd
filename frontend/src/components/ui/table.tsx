import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

/** Wide tables move inside their own frame; the page never does. */
export function Table({ className, ...rest }: ComponentProps<"table">) {
  return (
    <div className="overflow-x-auto" tabIndex={-1}>
      <table className={cn("w-full border-collapse text-left text-sm wrap-normal", className)} {...rest} />
    </div>
  );
}

export function Th({ className, ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      className={cn("border-b border-line px-4 py-2.5 text-xs font-medium whitespace-nowrap text-ink-faint", className)}
      {...rest}
    />
  );
}

export function Tr({ className, ...rest }: ComponentProps<"tr">) {
  return <tr className={cn("border-b border-line last:border-0 hover:bg-sunken/60", className)} {...rest} />;
}

export function Td({ className, ...rest }: ComponentProps<"td">) {
  return <td className={cn("px-4 py-3 align-middle", className)} {...rest} />;
}
