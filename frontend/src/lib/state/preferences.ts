import { hasLocale } from "next-intl";
import { routing, type Locale } from "@/i18n/routing";

export type Theme = "system" | "light" | "dark";

/** What a person prefers on this device. It says nothing of who they are, and so it may stay here after they have gone. */
export interface Preferences {
  theme: Theme;
  /** Null: never chosen here. */
  language: Locale | null;
  /** Short notices of what went well. What went wrong is always said. */
  notifications: boolean;
}

export const usual: Preferences = { theme: "system", language: null, notifications: true };

/** Of what the browser kept: somebody else may have written there, or an older version of us. */
export function preferencesOf(kept: unknown): Preferences {
  const { theme, language, notifications } = asRecord(asRecord(kept).preferences);
  return {
    theme: theme === "light" || theme === "dark" ? theme : usual.theme,
    language: hasLocale(routing.locales, language) ? language : usual.language,
    notifications: typeof notifications === "boolean" ? notifications : usual.notifications,
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

const YEAR_SECONDS = 365 * 24 * 3600;

/** The address without a language leads to the one that was chosen (next.config.ts reads this cookie). */
export function rememberLanguage(language: Locale | null): void {
  if (language) document.cookie = `siji_language=${language}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}
