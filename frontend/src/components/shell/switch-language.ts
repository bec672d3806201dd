"use client";

import { useLocale } from "next-intl";

/** Goes to the other language at the same place, query and all. */
export function useSwitchLanguage(): () => void {
  const locale = useLocale();
  return () => {
    const other = locale === "zh" ? "en" : "zh";
    const { pathname, search, hash } = window.location;
    window.location.assign(pathname.replace(/^\/(zh|en)(?=\/|$)/, `/${other}`) + search + hash);
  };
}
