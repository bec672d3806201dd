import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignedIn } from "@/components/shell/signed-in";
import { SyllabusPage, SyllabusWaiting } from "@/features/syllabi/syllabus-page";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("syllabi");
  return { title: t("title") };
}

export default function Page() {
  return (
    <FeatureMessages of={["syllabi"]}>
      <SignedIn waiting={<SyllabusWaiting />}>
        <SyllabusPage />
      </SignedIn>
    </FeatureMessages>
  );
}
