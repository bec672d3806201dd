"use client";

import { useLocale } from "next-intl";
import { useDownload } from "@/components/files/use-download";
import { api } from "@/lib/api";

/** A course's gradebook as a spreadsheet, headed in the reader's language. */
export function useGradebook(course_id: number): { isBusy: boolean; save: () => Promise<void> } {
  const language = useLocale();
  const { isBusy, save } = useDownload();
  const params = { path: { course_id }, query: { language } };
  return {
    isBusy,
    save: () =>
      save(() => api.GET("/api/v1/courses/{course_id}/results.xlsx", { params, parseAs: "blob" }), "gradebook.xlsx"),
  };
}
