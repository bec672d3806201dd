import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignedIn } from "@/components/shell/signed-in";
import { RoomPage, RoomWaiting } from "@/features/invigilation/room-page";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("invigilation");
  return { title: t("title") };
}

export default function Page() {
  return (
    <FeatureMessages of={["invigilation", "assignments", "seats"]}>
      <SignedIn waiting={<RoomWaiting />}>
        <RoomPage />
      </SignedIn>
    </FeatureMessages>
  );
}
