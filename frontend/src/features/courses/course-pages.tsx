"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { Pagination } from "@/components/ui/pagination";

export function CoursePages({ list, onPage }: { list: Schema<"CourseList">; onPage: (page: number) => void }) {
  const t = useTranslations("courses");
  return (
    <Pagination
      page={list.current_page}
      pages={list.total_pages}
      about={t("page", { page: list.current_page, pages: list.total_pages, total: list.total_count })}
      onPage={onPage}
    />
  );
}
