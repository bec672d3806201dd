import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignedIn } from "@/components/shell/signed-in";
import { SearchPage, SearchWaiting } from "@/features/search/search-page";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("search");
  return { title: t("title") };
}

export default function Page() {
  return (
    <FeatureMessages of={["courses"]}>
      <SignedIn waiting={<SearchWaiting />}>
        <SearchPage />
      </SignedIn>
    </FeatureMessages>
  );
}
