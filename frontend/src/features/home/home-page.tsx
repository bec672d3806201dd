"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { AttemptList } from "@/components/attempts/attempt-list";
import { Card, CardHead } from "@/components/ui/card";
import { Loaded } from "@/components/ui/loaded";
import { PageHead } from "@/components/ui/page-head";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { LazyDashboard } from "@/features/home/lazy-dashboard";
import { MyCourses } from "@/features/home/my-courses";
import { NextStepCard } from "@/features/home/next-step-card";
import { useMyAssignments } from "@/features/home/use-my-assignments";
import { useRouter } from "@/i18n/navigation";
import { $api } from "@/lib/api";
import { useUser } from "@/lib/store";
import { History } from "lucide-react";

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

function StudentHome() {
  const t = useTranslations("home");
  const { name } = useUser();
  const attempts = $api.useQuery("get", "/api/v1/attempts", { params: { query: { limit: 6 } } });
  const assignments = useMyAssignments();
  return (
    <>
      <PageHead title={t("hello", { name })} />
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem] lg:gap-8">
        <div className="grid grid-cols-1 gap-5">
          <Loaded query={attempts} skeleton={<Skeleton className="h-44" />}>
            {(page) =>
              assignments.isPending ? (
                <Skeleton className="h-44" />
              ) : (
                <NextStepCard attempts={page.items} assignments={assignments.data} />
              )
            }
          </Loaded>
          <Card>
            <CardHead title={t("recent")} />
            <Loaded query={attempts} skeleton={<SkeletonRows rows={3} className="mx-5 mb-3" />}>
              {({ items }) =>
                items.length > 0 ? (
                  <AttemptList attempts={items} />
                ) : (
                  <EmptyState icon={History} title={t("noAttempts")} about={t("noAttemptsAbout")} className="py-8" />
                )
              }
            </Loaded>
          </Card>
        </div>
        <MyCourses />
      </div>
    </>
  );
}
