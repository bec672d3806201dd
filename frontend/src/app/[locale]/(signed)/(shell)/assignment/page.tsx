import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignedIn } from "@/components/shell/signed-in";
import { SeatsPage, SeatsWaiting } from "@/features/seats/seats-page";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("seats");
  return { title: t("title") };
}

export default function Page() {
  return (
    <FeatureMessages of={["seats"]}>
      <SignedIn waiting={<SeatsWaiting />}>
        <SeatsPage />
      </SignedIn>
    </FeatureMessages>
  );
}
