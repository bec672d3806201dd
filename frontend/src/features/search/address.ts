import { itemKinds, type ItemKind, type Kind } from "@/components/search/hits";
import type { Filters } from "@/components/search/use-search";

/** Of each kind where all are looked for, and of the one that is. The API gives 50 at most. */
export const EACH = 8;
export const MOST = 50;

export const statuses = ["draft", "active", "completed", "archived"] as const;
export type CourseStatus = (typeof statuses)[number];

/** What the page looks for. */
export interface Asked {
  q: string;
  kind: Kind | "all";
  status: CourseStatus | "all";
  item: ItemKind | "all";
}

const kinds = ["course", "paper", "item"] as const;

/** Reads an address; what it does not know, or what this reader may not look for, counts as not said. */
export function asked(address: URLSearchParams, isStaff: boolean): Asked {
  const kind = oneOf(kinds, address.get("kind"));
  return {
    q: (address.get("q") ?? "").trim().slice(0, 200),
    kind: kind === "item" && !isStaff ? "all" : kind,
    status: isStaff ? oneOf(statuses, address.get("status")) : "all",
    item: isStaff ? oneOf(itemKinds, address.get("item")) : "all",
  };
}

function oneOf<Value extends string>(values: readonly Value[], said: string | null): Value | "all" {
  return values.find((value) => value === said) ?? "all";
}

/** The address that says so; what is not said is left out. */
export function searchOf({ q, kind, status, item }: Asked): string {
  const said = { q, kind, status: kind === "course" ? status : "all", item: kind === "item" ? item : "all" };
  const rows = Object.entries(said).filter(([, value]) => value !== "" && value !== "all");
  return rows.length > 0 ? `?${new URLSearchParams(rows).toString()}` : "?";
}

/** As the API is asked: a filter belongs to its kind. */
export function queryOf({ kind, status, item }: Asked): Filters {
  return {
    ...(kind === "all" ? { limit: EACH } : { kind, limit: MOST }),
    ...(kind === "course" && status !== "all" ? { status } : {}),
    ...(kind === "item" && item !== "all" ? { item_kind: item } : {}),
  };
}
