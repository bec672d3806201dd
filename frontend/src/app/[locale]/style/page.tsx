import { notFound } from "next/navigation";
import { FeatureMessages } from "@/i18n/feature-messages";

/** Every token and part, for those who build pages. Not in a production build: there it is a page that does not exist. */
export default async function Page() {
  if (process.env.NODE_ENV !== "production") {
    const { StylePage } = await import("@/features/style/style-page");
    return (
      <FeatureMessages>
        <StylePage />
      </FeatureMessages>
    );
  }
  notFound();
}
