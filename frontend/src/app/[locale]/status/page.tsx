import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { StatusPage } from "@/features/status/status-page";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("status");
  return { title: t("title") };
}

export default function Page() {
  return (
    <FeatureMessages of={["status"]}>
      <StatusPage />
    </FeatureMessages>
  );
}
