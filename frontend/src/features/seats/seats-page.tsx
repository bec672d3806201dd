"use client";

import { TimerReset, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { MoreTimeDialog } from "@/components/attempts/deciding/more-time-dialog";
import { isOpen } from "@/components/attempts/is-open";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Loaded } from "@/components/ui/loaded";
import { MoreButton } from "@/components/ui/more-button";
import { PageHead } from "@/components/ui/page-head";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { SeatLine } from "@/features/seats/seat-line";
import { $api } from "@/lib/api";
import { usePathId } from "@/lib/path";

const AGAIN_MS = 10_000;

/** Who sits an assignment: where each is, and what can be decided about it. */
export function SeatsPage() {
  const id = usePathId();
  return id === null ? <SeatsWaiting /> : <SeatsOf assignment_id={Number(id)} />;
}

function SeatsOf({ assignment_id }: { assignment_id: number }) {
  const t = useTranslations("seats");
  const params = { path: { assignment_id } };
  const assignment = $api.useQuery("get", "/api/v1/assignments/{assignment_id}", { params });
  const seats = $api.useInfiniteQuery(
    "get",
    "/api/v1/assignments/{assignment_id}/attempts",
    { params: { ...params, query: { limit: 100 } } },
    {
      pageParamName: "after",
      initialPageParam: null,
      getNextPageParam: (page) => page.next,
      refetchInterval: ({ state }) => (state.data?.pages.some(({ items }) => items.some(isOpen)) ? AGAIN_MS : false),
    },
  );
  const [isAsking, setAsking] = useState(false);
  const rows = seats.data?.pages.flatMap((page) => page.items) ?? [];
  const isExam = assignment.data?.mode === "exam";
  if (assignment.error) return <ErrorState error={assignment.error} onRetry={() => void assignment.refetch()} isPage />;

  return (
    <>
      <PageHead
        title={assignment.data?.title ?? t("title")}
        about={t("about", { open: rows.filter(isOpen).length, closed: rows.filter((row) => !isOpen(row)).length })}
        back={assignment.data && { href: `/courses/${assignment.data.course}`, label: t("back") }}
      >
        {isExam && rows.some(isOpen) && (
          <Button onClick={() => setAsking(true)}>
            <TimerReset aria-hidden />
            {t("moreTimeForAll")}
          </Button>
        )}
      </PageHead>
      <Card>
        <Loaded query={seats} skeleton={<SkeletonRows rows={6} className="mx-5 my-3" />}>
          {() =>
            rows.length > 0 ? (
              <ul className="divide-y divide-line">
                {rows.map((seat) => (
                  <SeatLine key={seat.attempt} seat={seat} assignment={assignment_id} isExam={isExam} />
                ))}
              </ul>
            ) : (
              <EmptyState icon={Users} title={t("nobody")} about={t("nobodyAbout")} />
            )
          }
        </Loaded>
        <MoreButton query={seats} />
      </Card>
      <MoreTimeDialog assignment={assignment_id} seat={null} open={isAsking} onOpenChange={setAsking} />
    </>
  );
}

export function SeatsWaiting() {
  return <Skeleton className="h-72" />;
}
