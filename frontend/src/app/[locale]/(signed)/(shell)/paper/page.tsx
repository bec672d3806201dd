import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignedIn } from "@/components/shell/signed-in";
import { PaperPage, PaperWaiting } from "@/features/papers/paper-page";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("papers");
  return { title: t("title") };
}

export default function Page() {
  return (
    <FeatureMessages of={["papers", "paper", "attempts", "sending", "sound"]}>
      <SignedIn waiting={<PaperWaiting />}>
        <PaperPage />
      </SignedIn>
    </FeatureMessages>
  );
}
