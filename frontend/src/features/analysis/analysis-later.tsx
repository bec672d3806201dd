"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/skeleton";

/** In a tab that is not the first: it comes when that is opened. */
export const AnalysisLater = dynamic(
  () => import("@/features/analysis/course-analysis").then((it) => it.CourseAnalysis),
  { loading: () => <Skeleton className="h-72" /> },
);
