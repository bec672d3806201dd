import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AttemptPage } from "@/features/attempt/attempt-page";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("room");
  return { title: t("title") };
}

export default function Page() {
  return (
    <FeatureMessages of={["room", "paper", "sound"]}>
      <AttemptPage />
    </FeatureMessages>
  );
}
