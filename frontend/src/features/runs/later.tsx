"use client";

import dynamic from "next/dynamic";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

/** The graph library is a third of a page's script: the list beside it is there before it. */
export const WorkflowLater = dynamic(
  () => import("@/features/runs/flow/workflow-visualization").then((it) => it.WorkflowVisualization),
  { ssr: false, loading: () => <Skeleton className="h-48 sm:h-88" /> },
);

export const MonitorLater = dynamic(
  () => import("@/features/runs/flow/iteration-monitor").then((it) => it.IterationMonitor),
  { ssr: false, loading: () => <Skeleton className="h-72" /> },
);

const Waiting = () => <SkeletonRows rows={6} />;

export const AnalysisLater = dynamic(
  () => import("@/features/runs/analysis/analysis-review").then((it) => it.AnalysisReview),
  { ssr: false, loading: Waiting },
);
export const PlanLater = dynamic(() => import("@/features/runs/plan/plan-editor").then((it) => it.PlanEditor), {
  ssr: false,
  loading: Waiting,
});
export const QuestionsLater = dynamic(
  () => import("@/features/runs/questions/question-review").then((it) => it.QuestionReview),
  { ssr: false, loading: Waiting },
);
export const CriteriaLater = dynamic(
  () => import("@/features/runs/criteria/criteria-editor").then((it) => it.CriteriaEditor),
  { ssr: false, loading: Waiting },
);
export const TraceLater = dynamic(() => import("@/features/runs/trace/trace-view").then((it) => it.TraceView), {
  ssr: false,
  loading: Waiting,
});
