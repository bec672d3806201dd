"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { Segmented } from "@/components/ui/segmented";
import { useAppStore, type Theme } from "@/lib/store";

const signs = { system: Monitor, light: Sun, dark: Moon };
const themes: readonly Theme[] = ["system", "light", "dark"];

/** The three appearances, as signs with their words read out. */
export function ThemeChoice() {
  const t = useTranslations("shell");
  const theme = useAppStore((state) => state.preferences.theme);
  const prefer = useAppStore((state) => state.prefer);
  const options = themes.map((value) => {
    const Sign = signs[value];
    return {
      value,
      label: (
        <>
          <Sign aria-hidden />
          <span className="sr-only">{t(`themes.${value}`)}</span>
        </>
      ),
    };
  });
  return <Segmented label={t("theme")} value={theme} onChange={(name) => prefer({ theme: name })} options={options} />;
}
