"use client";

import { useEffect } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { HomeSkeleton } from "@/features/home/dashboard-skeleton";
import { StudentHome } from "@/features/home/student-home";
import { TeacherHome } from "@/features/home/teacher-home";
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
  return role === "teacher" ? <TeacherHome /> : <StudentHome />;
}

/** Of the same shape for both who have one. */
export function HomeWaiting() {
  return <HomeSkeleton />;
}
