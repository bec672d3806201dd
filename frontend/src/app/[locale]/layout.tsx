import "../globals.css";
import type { Metadata, Viewport } from "next";
import { hasLocale } from "next-intl";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { notFound } from "next/navigation";
import { AskScript } from "@/components/shell/ask-script";
import { ThemeScript } from "@/components/shell/theme-script";
import { Vitals } from "@/components/shell/vitals";
import { LateToaster } from "@/components/ui/late-toaster";
import { FeatureMessages } from "@/i18n/feature-messages";
import { routing } from "@/i18n/routing";
import { QueryProvider } from "@/lib/query";

export const dynamicParams = false;

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f4f2ed" },
    { media: "(prefers-color-scheme: dark)", color: "#14120f" },
  ],
};

export function generateStaticParams() {
  return routing.locales.map((locale) => ({ locale }));
}

export async function generateMetadata({ params }: LayoutProps<"/[locale]">): Promise<Metadata> {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) return {};
  const t = await getTranslations({ locale, namespace: "common" });
  return {
    title: { default: `${t("siji")} · ${t("tagline")}`, template: `%s · ${t("siji")}` },
    description: t("description"),
  };
}

/** Shown by the script in the head, and to who has none. */
async function Unsupported() {
  const t = await getTranslations("common");
  return (
    <>
      <div role="alert" className="old-browser">
        {t("oldBrowser")}
      </div>
      <noscript>
        <p className="px-4 py-3">{t("noScript")}</p>
      </noscript>
    </>
  );
}

export default async function LocaleLayout({ children, params }: LayoutProps<"/[locale]">) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  return (
    <html lang={locale === "zh" ? "zh-CN" : "en"} suppressHydrationWarning>
      <head>
        <ThemeScript />
        <AskScript />
      </head>
      <body>
        <Unsupported />
        <FeatureMessages>
          <QueryProvider>
            {children}
            <LateToaster />
            <Vitals />
          </QueryProvider>
        </FeatureMessages>
      </body>
    </html>
  );
}
