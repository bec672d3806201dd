"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/skeleton";

/** The chart library comes only when a chart is shown. Until then its place is kept by a skeleton of the same size. */
export const LazyChart = dynamic(() => import("./ai-analysis-chart").then((module) => module.AIAnalysisChart), {
  ssr: false,
  loading: () => <Skeleton className="size-full" />,
});
