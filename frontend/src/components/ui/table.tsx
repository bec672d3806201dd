"use client";

import { type ComponentProps, type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { cn } from "@/lib/cn";

interface TableProps extends ComponentProps<"table"> {
  /** On a phone each row becomes a block: cells say their column by `label`, the one with `isLead` stands on top. */
  isStacked?: boolean;
}

/** For a row that a phone shows as two or three lines instead of a block: its cells stand in `order` and wrap. */
export const rowOfLines =
  "max-sm:group-data-stacked/table:flex max-sm:group-data-stacked/table:flex-wrap max-sm:group-data-stacked/table:items-baseline max-sm:group-data-stacked/table:gap-x-2 max-sm:group-data-stacked/table:gap-y-0.5";

/** Wide tables move inside their own frame; the page never does. What is wider can be moved by the keys too. */
export function Table({ className, isStacked = false, ...rest }: TableProps) {
  const frame = useRef<HTMLDivElement>(null);
  const isWider = useIsWider(frame);
  return (
    <div ref={frame} className="overflow-x-auto" tabIndex={isWider ? 0 : -1}>
      <table
        role="table"
        data-stacked={isStacked || undefined}
        className={cn(
          "group/table w-full border-collapse text-left text-sm wrap-normal max-sm:data-stacked:block max-sm:data-stacked:[&>tbody]:block max-sm:data-stacked:[&>thead]:sr-only",
          className,
        )}
        {...rest}
      />
    </div>
  );
}

/** Over a column of buttons stands nothing: that is no head, so it is a plain cell. */
export function Th({ className, ...rest }: ComponentProps<"th">) {
  const look = "border-b border-line px-4 py-2.5 text-xs font-medium whitespace-nowrap text-ink-faint";
  if (!rest.children) return <td className={cn(look, className)} />;
  return <th scope="col" role="columnheader" className={cn(look, className)} {...rest} />;
}

export function Tr({ className, ...rest }: ComponentProps<"tr">) {
  return (
    <tr
      role="row"
      className={cn(
        "border-b border-line last:border-0 hover:bg-sunken/50 max-sm:group-data-stacked/table:relative max-sm:group-data-stacked/table:grid max-sm:group-data-stacked/table:gap-1 max-sm:group-data-stacked/table:px-4 max-sm:group-data-stacked/table:py-3.5",
        className,
      )}
      {...rest}
    />
  );
}

interface TdProps extends ComponentProps<"td"> {
  /** The column's name, shown before the cell where rows are blocks. */
  label?: ReactNode;
  /** What the row is about. */
  isLead?: boolean;
  /** A menu: at the row's right edge. */
  isMenu?: boolean;
}

export function Td({ className, label, isLead, isMenu, children, ...rest }: TdProps) {
  return (
    <td
      role="cell"
      className={cn(
        "px-4 py-3 align-middle max-sm:group-data-stacked/table:flex max-sm:group-data-stacked/table:items-baseline max-sm:group-data-stacked/table:justify-between max-sm:group-data-stacked/table:gap-4 max-sm:group-data-stacked/table:p-0 max-sm:group-data-stacked/table:text-left",
        children === "" && "max-sm:group-data-stacked/table:hidden",
        isLead && "max-sm:group-data-stacked/table:block max-sm:group-data-stacked/table:pr-12",
        isMenu &&
          "w-px py-1 text-right max-sm:group-data-stacked/table:absolute max-sm:group-data-stacked/table:top-1.5 max-sm:group-data-stacked/table:right-2 max-sm:group-data-stacked/table:w-auto",
        className,
      )}
      {...rest}
    >
      {label !== undefined && (
        <span aria-hidden className="hidden shrink-0 text-xs text-ink-faint max-sm:group-data-stacked/table:inline">
          {label}
        </span>
      )}
      {label === undefined ? children : <span className="min-w-0">{children}</span>}
    </td>
  );
}

function useIsWider(frame: RefObject<HTMLDivElement | null>): boolean {
  const [isWider, setWider] = useState(false);
  useEffect(() => {
    const { current } = frame;
    if (!current || typeof ResizeObserver === "undefined") return;
    const measure = () => setWider(current.scrollWidth > current.clientWidth);
    const observer = new ResizeObserver(measure);
    for (const watched of [current, ...current.children]) observer.observe(watched);
    return () => observer.disconnect();
  }, [frame]);
  return isWider;
}
