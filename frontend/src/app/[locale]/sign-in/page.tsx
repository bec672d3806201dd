import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignInPage } from "@/features/accounts/sign-in-page";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("accounts");
  return { title: t("signIn") };
}

export default function Page() {
  return (
    <FeatureMessages of={["attempts"]}>
      <SignInPage />
    </FeatureMessages>
  );
}
