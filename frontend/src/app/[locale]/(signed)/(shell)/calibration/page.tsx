import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignedIn } from "@/components/shell/signed-in";
import { CalibrationPage, CalibrationWaiting } from "@/features/calibration/calibration-page";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("calibration");
  return { title: t("title") };
}

export default function Page() {
  return (
    <FeatureMessages of={["calibration", "machine"]}>
      <SignedIn waiting={<CalibrationWaiting />}>
        <CalibrationPage />
      </SignedIn>
    </FeatureMessages>
  );
}
