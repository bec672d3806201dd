import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignedIn } from "@/components/shell/signed-in";
import { PromisesPage, PromisesWaiting } from "@/features/promises/promises-page";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("promises");
  return { title: t("title") };
}

export default function Page() {
  return (
    <FeatureMessages of={["promises"]}>
      <SignedIn waiting={<PromisesWaiting />}>
        <PromisesPage />
      </SignedIn>
    </FeatureMessages>
  );
}
