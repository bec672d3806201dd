"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/skeleton";

/** A tab that is not the first: its figures come when it is opened. */
export const ResultsLater = dynamic(() => import("@/features/results/course-results").then((it) => it.CourseResults), {
  loading: () => <Skeleton className="h-96" />,
});
