"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Card, CardHead } from "@/components/ui/card";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { LazyDashboard } from "@/features/home/lazy-dashboard";
import { StudentHome } from "@/features/home/student-home";
import { useRouter } from "@/i18n/navigation";
import { useUser } from "@/lib/store";

/** Students and teachers have a home; the first place of an administrator is their work. */
export function HomePage() {
  const { role } = useUser();
  const router = useRouter();
  const isAdmin = role === "admin";
  useEffect(() => {
    if (isAdmin) router.replace("/people");
  }, [isAdmin, router]);
  if (isAdmin) return <Skeleton className="h-64" />;
  return role === "teacher" ? <LazyDashboard /> : <StudentHome />;
}

export function HomeWaiting() {
  const t = useTranslations("home");
  return (
    <>
      <Skeleton className="mb-6 h-7.5 w-48" />
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem] lg:gap-8">
        <div className="grid grid-cols-1 gap-5">
          <Skeleton className="h-44" />
          <Card>
            <CardHead title={t("recent")} />
            <SkeletonRows rows={3} className="mx-5 mb-3" />
          </Card>
        </div>
        <Card>
          <CardHead title={t("myCourses")}>
            <Skeleton className="h-9 w-24" />
          </CardHead>
          <SkeletonRows rows={2} className="mx-5 mb-3" />
        </Card>
      </div>
    </>
  );
}
