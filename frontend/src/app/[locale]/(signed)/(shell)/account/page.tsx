import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignedIn } from "@/components/shell/signed-in";
import { AccountPage, AccountWaiting } from "@/features/accounts/account-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("shell");
  return { title: t("account") };
}

export default function Page() {
  return (
    <SignedIn waiting={<AccountWaiting />}>
      <AccountPage />
    </SignedIn>
  );
}
