import type { Schema } from "@/client/types";

/** Where a notice leads: to what it is about. */
export function placeOfNotice({ kind, about }: Pick<Schema<"NoticeOut">, "kind" | "about">): string {
  if (kind === "appealed") return about.script ? `/marking/${about.script}` : "/marking";
  if (kind === "marked" || kind === "appeal_decided") return about.attempt ? `/report/${about.attempt}` : "/";
  if (about.course === null) return "/notices";
  return kind === "roster_imported" ? `/courses/${about.course}?tab=students` : `/courses/${about.course}`;
}
