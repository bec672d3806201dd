"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/skeleton";

/** The form library comes when a decision is to be made. */
export const DecisionForm = dynamic(
  () => import("@/components/attempts/deciding/decision-form").then((it) => it.DecisionForm),
  { loading: () => <Skeleton className="h-72" /> },
);
