import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignedIn } from "@/components/shell/signed-in";
import { AnalysisPage, AnalysisWaiting } from "@/features/analysis/analysis-page";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("analysis");
  return { title: t("title") };
}

export default function Page() {
  return (
    <FeatureMessages of={["analysis", "paper"]}>
      <SignedIn waiting={<AnalysisWaiting />}>
        <AnalysisPage />
      </SignedIn>
    </FeatureMessages>
  );
}
