"use client";

import { useLocale } from "next-intl";
import { useAppStore } from "@/lib/store";

/** Goes to the other language at the same place, query and all. */
export function useSwitchLanguage(): () => void {
  const locale = useLocale();
  return () => {
    const other = locale === "zh" ? "en" : "zh";
    useAppStore.getState().prefer({ language: other });
    const { pathname, search, hash } = window.location;
    window.location.assign(pathname.replace(/^\/(zh|en)(?=\/|$)/, `/${other}`) + search + hash);
  };
}
