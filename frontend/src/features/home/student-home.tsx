"use client";

import { History } from "lucide-react";
import { useTranslations } from "next-intl";
import { AttemptList } from "@/components/attempts/attempt-list";
import { Card, CardHead } from "@/components/ui/card";
import { Loaded } from "@/components/ui/loaded";
import { PageHead } from "@/components/ui/page-head";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { MyCourses } from "@/features/home/my-courses";
import { nextStep } from "@/features/home/next-step";
import { NextStepCard } from "@/features/home/next-step-card";
import { useAgenda } from "@/features/home/use-agenda";
import { WorkList } from "@/features/home/work-list";
import { $api } from "@/lib/api";
import { useUser } from "@/lib/store";

export function StudentHome() {
  const t = useTranslations("home");
  const { name } = useUser();
  const attempts = useRecentAttempts();
  const agenda = useAgenda();
  // Both or neither: what came first would be pushed down by the other.
  const isComing = attempts.isPending || agenda.isPending;
  return (
    <>
      <PageHead title={t("hello", { name })} />
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem] lg:gap-8">
        <div className="grid grid-cols-1 gap-5">
          {isComing ? <Coming /> : <Shown attempts={attempts} agenda={agenda} />}
        </div>
        <MyCourses />
      </div>
    </>
  );
}

function useRecentAttempts() {
  return $api.useQuery("get", "/api/v1/attempts", { params: { query: { limit: 6 } } });
}

function Coming() {
  return (
    <>
      <Skeleton className="h-44 rounded-card" />
      <Skeleton className="h-64 rounded-card" />
    </>
  );
}

interface Props {
  attempts: ReturnType<typeof useRecentAttempts>;
  agenda: ReturnType<typeof useAgenda>;
}

function Shown({ attempts, agenda }: Props) {
  const t = useTranslations("home");
  return (
    <>
      <Loaded query={attempts} skeleton={<Skeleton className="h-44" />}>
        {({ items }) => (
          <Loaded query={agenda} skeleton={<Skeleton className="h-44" />}>
            {({ work }) => {
              const step = nextStep(items, work);
              const onTop = step.kind === "work" ? step.work.id : null;
              return (
                <>
                  <NextStepCard step={step} />
                  <WorkList work={work.filter(({ id }) => id !== onTop)} />
                </>
              );
            }}
          </Loaded>
        )}
      </Loaded>
      <Card>
        <CardHead title={t("recent")} />
        <Loaded query={attempts} skeleton={<SkeletonRows rows={3} className="mx-5 mb-3" />}>
          {({ items }) =>
            items.length > 0 ? (
              <AttemptList attempts={items} />
            ) : (
              <EmptyState icon={History} title={t("noAttempts")} about={t("noAttemptsAbout")} className="py-8" />
            )
          }
        </Loaded>
      </Card>
    </>
  );
}
