"use client";

import { useTranslations } from "next-intl";
import { useTimes } from "@/lib/time";

/** A window in words: "11月24日 09:10 至 11月30日 23:59", "11月30日 截止", "不限时间". */
export function useWindowWords(): (opensAt: string | null, closesAt: string | null) => string {
  const t = useTranslations("assignments");
  const times = useTimes();
  return (opensAt, closesAt) => {
    if (opensAt && closesAt) return t("fromUntil", { from: times.moment(opensAt), until: times.moment(closesAt) });
    if (opensAt) return t("from", { time: times.moment(opensAt) });
    return closesAt ? t("until", { time: times.moment(closesAt) }) : t("anyTime");
  };
}
