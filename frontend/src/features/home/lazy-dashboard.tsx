"use client";

import dynamic from "next/dynamic";
import { DashboardSkeleton } from "@/features/home/dashboard-skeleton";

/** Students never load it. Its place is kept by a skeleton of the same shape. */
export const LazyDashboard = dynamic(
  () => import("@/features/home/teacher-dashboard").then((module) => module.TeacherDashboard),
  { ssr: false, loading: DashboardSkeleton },
);
