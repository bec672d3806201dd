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

/** The one next step across the page; under it what is due and what came of the rest, beside the courses. */
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
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_21rem] lg:gap-6">
        <div className="lg:col-span-2">
          {isComing ? <Skeleton className="h-53 rounded-card sm:h-42" /> : <Next attempts={attempts} agenda={agenda} />}
        </div>
        <div className="grid grid-cols-1 gap-5 lg:gap-6">
          {isComing ? <Skeleton className="h-64 rounded-card" /> : <Rest attempts={attempts} agenda={agenda} />}
        </div>
        <MyCourses />
      </div>
    </>
  );
}

function useRecentAttempts() {
  return $api.useQuery("get", "/api/v1/attempts", { params: { query: { limit: 6 } } });
}

interface Props {
  attempts: ReturnType<typeof useRecentAttempts>;
  agenda: ReturnType<typeof useAgenda>;
}

function Next({ attempts, agenda }: Props) {
  return (
    <Loaded query={attempts} skeleton={null}>
      {({ items }) => (
        <Loaded query={agenda} skeleton={null}>
          {({ work }) => <NextStepCard step={nextStep(items, work)} />}
        </Loaded>
      )}
    </Loaded>
  );
}

function Rest({ attempts, agenda }: Props) {
  const t = useTranslations("home");
  const step = attempts.data && agenda.data ? nextStep(attempts.data.items, agenda.data.work) : null;
  const onTop = step?.kind === "work" ? step.work.id : null;
  return (
    <>
      {step && <WorkList work={(agenda.data?.work ?? []).filter(({ id }) => id !== onTop)} />}
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
