import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignedIn } from "@/components/shell/signed-in";
import { AlertsPage, AlertsWaiting } from "@/features/alerts/alerts-page";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("alerts");
  return { title: t("title") };
}

export default function Page() {
  return (
    <FeatureMessages of={["alerts"]}>
      <SignedIn waiting={<AlertsWaiting />}>
        <AlertsPage />
      </SignedIn>
    </FeatureMessages>
  );
}
