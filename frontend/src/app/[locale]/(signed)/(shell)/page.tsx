import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignedIn } from "@/components/shell/signed-in";
import { HomePage, HomeWaiting } from "@/features/home/home-page";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("home") };
}

export default function Page() {
  return (
    <FeatureMessages of={["home", "attempts", "sound", "join", "dashboard"]}>
      <SignedIn waiting={<HomeWaiting />}>
        <HomePage />
      </SignedIn>
    </FeatureMessages>
  );
}
