import { NextIntlClientProvider, useLocale } from "next-intl";
import type { ReactNode } from "react";
import { everywhere, messagesOf, type Namespace } from "@/i18n/messages";

/** Gives a page the words of its features: each page carries its own catalogues and not the whole product's. */
export function FeatureMessages({ of = [], children }: { of?: readonly Namespace[]; children: ReactNode }) {
  const locale = useLocale();
  const all = messagesOf[locale];
  const messages = Object.fromEntries([...everywhere, ...of].map((name) => [name, all[name]]));
  return <NextIntlClientProvider messages={messages}>{children}</NextIntlClientProvider>;
}
