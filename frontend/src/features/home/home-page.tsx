"use client";

import { useEffect } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { DashboardSkeleton } from "@/features/home/dashboard-skeleton";
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

/** Of the same shape for both who have one. */
export function HomeWaiting() {
  return <DashboardSkeleton />;
}
