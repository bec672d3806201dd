import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignedIn } from "@/components/shell/signed-in";
import { RunPage, RunWaiting } from "@/features/runs/run-page";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("run");
  return { title: t("title") };
}

export default function Page() {
  return (
    <FeatureMessages of={["runs", "run"]}>
      <SignedIn waiting={<RunWaiting />}>
        <RunPage />
      </SignedIn>
    </FeatureMessages>
  );
}
