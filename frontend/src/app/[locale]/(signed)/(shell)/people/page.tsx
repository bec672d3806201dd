import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignedIn } from "@/components/shell/signed-in";
import { PeoplePage, PeopleWaiting } from "@/features/people/people-page";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people");
  return { title: t("title") };
}

export default function Page() {
  return (
    <FeatureMessages of={["people"]}>
      <SignedIn waiting={<PeopleWaiting />}>
        <PeoplePage />
      </SignedIn>
    </FeatureMessages>
  );
}
