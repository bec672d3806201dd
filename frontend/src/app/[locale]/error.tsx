"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTheme } from "@/components/shell/use-theme";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";

/** A page that threw. What people typed is in the server's hands or in the journal, and says so. */
export default function PageError({ reset }: { error: Error; reset: () => void }) {
  useTheme();
  const t = useTranslations("common");
  return (
    <main className="grid min-h-dvh content-center">
      <EmptyState icon={TriangleAlert} title={t("pageFailed")} about={t("pageFailedAbout")} isPage>
        <Button look="primary" onClick={reset}>
          {t("retry")}
        </Button>
      </EmptyState>
    </main>
  );
}
