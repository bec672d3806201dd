import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignedIn } from "@/components/shell/signed-in";
import { AuditPage, AuditWaiting } from "@/features/people/audit-page";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("title") };
}

export default function Page() {
  return (
    <FeatureMessages of={["audit"]}>
      <SignedIn waiting={<AuditWaiting />}>
        <AuditPage />
      </SignedIn>
    </FeatureMessages>
  );
}
