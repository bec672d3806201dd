import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignedIn } from "@/components/shell/signed-in";
import { ScriptPage, ScriptWaiting } from "@/features/marking/script-page";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("marking");
  return { title: t("title") };
}

export default function Page() {
  return (
    <FeatureMessages of={["marking", "machine"]}>
      <SignedIn waiting={<ScriptWaiting />}>
        <ScriptPage />
      </SignedIn>
    </FeatureMessages>
  );
}
