"use client";

import { useTranslations } from "next-intl";
import type { PlanRow } from "../types";

/** A row is called what its points are called. */
export function useRowTitle(names: ReadonlyMap<string, string>): (row: Pick<PlanRow, "points">) => string {
  const t = useTranslations("run");
  return ({ points }) => points.map((key) => names.get(key) ?? key).join(t("and"));
}
