"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { PageHead } from "@/components/ui/page-head";
import { Skeleton } from "@/components/ui/skeleton";
import { LazyDashboard } from "@/features/home/lazy-dashboard";
import { useToday } from "@/features/home/use-today";
import { useUser } from "@/lib/store";

/** A teacher's day. Its heading waits neither for the script of what is under it nor for the figures. */
export function TeacherHome() {
  const t = useTranslations("dashboard");
  const { name } = useUser();
  const { data, isPending } = useToday();
  return (
    <>
      <PageHead
        title={t("hello", { name })}
        about={data ? t("about", sums(data)) : isPending && <Skeleton className="h-lh w-40" />}
      />
      <LazyDashboard />
    </>
  );
}

function sums({ exams, scripts_waiting, students_behind }: Schema<"Dashboard">) {
  return { exams: exams.length, scripts: scripts_waiting, behind: students_behind };
}
