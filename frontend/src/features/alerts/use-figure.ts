"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { Schema } from "@/client/types";

type Unit = Schema<"AlertOut">["unit"];

/** A figure with its unit: "1,240 ms", "82.5%". */
export function useFigure(): (value: number, unit: Unit) => string {
  const t = useTranslations("alerts");
  const format = useFormatter();
  return (value, unit) => t(`units.${unit}`, { value: format.number(value, { maximumFractionDigits: 1 }) });
}
