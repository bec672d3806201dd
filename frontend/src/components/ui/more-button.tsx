"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

interface Props {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}

/** The next page of a long list, where there is one. */
export function MoreButton({ query }: Props) {
  const t = useTranslations("common");
  if (!query.hasNextPage) return null;
  return (
    <div className="grid justify-items-center p-4">
      <Button onClick={() => void query.fetchNextPage()} isBusy={query.isFetchingNextPage}>
        {t("more")}
      </Button>
    </div>
  );
}
