import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignedIn } from "@/components/shell/signed-in";
import { CoursesPage, CoursesWaiting } from "@/features/courses/courses-page";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("courses");
  return { title: t("title") };
}

export default function Page() {
  return (
    <FeatureMessages of={["courses", "join"]}>
      <SignedIn waiting={<CoursesWaiting />}>
        <CoursesPage />
      </SignedIn>
    </FeatureMessages>
  );
}
