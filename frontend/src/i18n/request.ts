import { hasLocale } from "next-intl";
import { getRequestConfig } from "next-intl/server";
import { locale as localeOfPage } from "next/root-params";
import { messagesOf } from "@/i18n/messages";
import { routing } from "@/i18n/routing";

export default getRequestConfig(async () => {
  const asked = await localeOfPage();
  const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale;
  return { locale, messages: messagesOf[locale], timeZone: "Asia/Shanghai" };
});
