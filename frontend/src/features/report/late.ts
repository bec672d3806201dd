import type { Report, ReportItem } from "./use-report";

export type LateValue = ReportItem["late"][number];
/** Slot → the late value that a teacher has ticked; at most one for each item. */
export type Chosen = ReadonlyMap<string, LateValue>;

export function lateItems(report: Report): ReportItem[] {
  return report.items.filter(({ late }) => late.length > 0);
}

/** Ticks a value in place of another of its item; ticked again, it is let go. */
export function toggled(chosen: Chosen, slot: string, value: LateValue): Chosen {
  const next = new Map(chosen);
  if (next.get(slot)?.id === value.id) next.delete(slot);
  else next.set(slot, value);
  return next;
}

/** Time after the lock, "05:09", from an hour on "1:05:09". What has not passed in full is not counted. */
export function formatLate(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
