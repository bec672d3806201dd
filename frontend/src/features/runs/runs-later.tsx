"use client";

import dynamic from "next/dynamic";
import { SkeletonRows } from "@/components/ui/skeleton";

/** A tab that is not the first: it comes when that is opened. */
export const RunsLater = dynamic(() => import("@/features/runs/course-runs").then((it) => it.CourseRuns), {
  loading: () => <SkeletonRows rows={4} />,
});
