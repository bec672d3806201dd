import type { Schema } from "@/client/types";

/** Where a notice leads: to what it is about. */
export function placeOfNotice({ kind, about }: Pick<Schema<"NoticeOut">, "kind" | "about">): string {
  if (kind === "marked") return about.attempt ? `/report/${about.attempt}` : "/";
  if (about.course === null) return "/notices";
  return kind === "roster_imported" ? `/courses/${about.course}?tab=students` : `/courses/${about.course}`;
}
