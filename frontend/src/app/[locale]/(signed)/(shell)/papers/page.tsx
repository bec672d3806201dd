import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignedIn } from "@/components/shell/signed-in";
import { PapersPage, PapersWaiting } from "@/features/papers/papers-page";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("papers");
  return { title: t("title") };
}

export default function Page() {
  return (
    <FeatureMessages of={["papers", "paper", "attempts", "sound"]}>
      <SignedIn waiting={<PapersWaiting />}>
        <PapersPage />
      </SignedIn>
    </FeatureMessages>
  );
}
