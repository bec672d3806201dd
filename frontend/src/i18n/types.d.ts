import type { AllMessages } from "@/i18n/messages";
import type { Locale as OurLocale } from "@/i18n/routing";

declare module "next-intl" {
  interface AppConfig {
    Locale: OurLocale;
    Messages: AllMessages;
  }
}
