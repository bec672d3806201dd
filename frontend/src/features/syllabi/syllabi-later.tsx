"use client";

import dynamic from "next/dynamic";
import { SkeletonRows } from "@/components/ui/skeleton";

/** A tab that is not the first: it comes when that is opened. */
export const SyllabiLater = dynamic(() => import("@/features/syllabi/course-syllabi").then((it) => it.CourseSyllabi), {
  loading: () => <SkeletonRows rows={4} />,
});
