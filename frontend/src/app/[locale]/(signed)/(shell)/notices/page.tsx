import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignedIn } from "@/components/shell/signed-in";
import { NoticesPage, NoticesWaiting } from "@/features/notices/notices-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notices");
  return { title: t("title") };
}

export default function Page() {
  return (
    <SignedIn waiting={<NoticesWaiting />}>
      <NoticesPage />
    </SignedIn>
  );
}
