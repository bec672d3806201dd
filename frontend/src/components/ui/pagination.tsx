"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";

interface Props {
  page: number;
  pages: number;
  /** Where one is, in words. */
  about: ReactNode;
  onPage: (page: number) => void;
}

/** Back and forth in a list whose length is known; nothing where it has one page. */
export function Pagination({ page, pages, about, onPage }: Props) {
  const t = useTranslations("common");
  if (pages <= 1) return null;
  return (
    <nav
      aria-label={t("pages")}
      className="flex flex-wrap items-center justify-between gap-3 border-t border-line px-4 py-3 text-sm text-ink-soft tabular-nums"
    >
      <span role="status">{about}</span>
      <span className="flex gap-2">
        <Button size="sm" disabled={page <= 1} onClick={() => onPage(page - 1)}>
          {t("previous")}
        </Button>
        <Button size="sm" disabled={page >= pages} onClick={() => onPage(page + 1)}>
          {t("next")}
        </Button>
      </span>
    </nav>
  );
}
