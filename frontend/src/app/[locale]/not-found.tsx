"use client";

import { Compass } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";
import { Link } from "@/i18n/navigation";

export default function NotFound() {
  const t = useTranslations("common");
  return (
    <main className="grid min-h-dvh content-center">
      <EmptyState icon={Compass} title={t("notFound")} about={t("notFoundAbout")} isPage>
        <Button asChild>
          <Link href="/">{t("home")}</Link>
        </Button>
      </EmptyState>
    </main>
  );
}
