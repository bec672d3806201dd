import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignedIn } from "@/components/shell/signed-in";
import { GatewayPage, GatewayWaiting } from "@/features/gateway/gateway-page";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("gateway");
  return { title: t("title") };
}

export default function Page() {
  return (
    <FeatureMessages of={["gateway"]}>
      <SignedIn waiting={<GatewayWaiting />}>
        <GatewayPage />
      </SignedIn>
    </FeatureMessages>
  );
}
