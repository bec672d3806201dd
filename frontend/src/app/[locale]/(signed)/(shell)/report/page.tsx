import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignedIn } from "@/components/shell/signed-in";
import { ReportPage, ReportWaiting } from "@/features/report/report-page";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("report");
  return { title: t("title") };
}

export default function Page() {
  return (
    <FeatureMessages of={["report", "paper", "machine"]}>
      <SignedIn waiting={<ReportWaiting />}>
        <ReportPage />
      </SignedIn>
    </FeatureMessages>
  );
}
