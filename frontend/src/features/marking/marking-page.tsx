"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { ArrowRight, CheckCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Loaded } from "@/components/ui/loaded";
import { MoreButton } from "@/components/ui/more-button";
import { PageHead } from "@/components/ui/page-head";
import { Select } from "@/components/ui/select";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { EmptyState, Note } from "@/components/ui/states";
import { Pile } from "@/features/marking/pile";
import { Link } from "@/i18n/navigation";
import { $api } from "@/lib/api";

type State = "waiting" | "needs" | "marked";
type Slot = "all" | "W" | "T";

const NONE = { waiting: "none", needs: "noneNeeds", marked: "noneMarked" } as const;

export function MarkingPage() {
  const t = useTranslations("marking");
  const [state, setState] = useState<State>("waiting");
  const [slot, setSlot] = useState<Slot>("all");
  const asked = useSearchParams();
  const assignment = Number(asked.get("assignment")) || null;
  const course = Number(asked.get("course")) || null;
  const scripts = useScripts({ state, slot, assignment, course });
  const first = scripts.data?.pages[0]?.items[0];

  return (
    <>
      <PageHead title={t("title")} about={t("about")}>
        {state !== "marked" && first && (
          <Button asChild look="primary">
            <Link href={`/marking/${first.id}`}>
              {t("begin")}
              <ArrowRight aria-hidden />
            </Link>
          </Button>
        )}
      </PageHead>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <Select
          label={t("state")}
          value={state}
          onChange={setState}
          className="w-40"
          options={(["waiting", "needs", "marked"] as const).map((value) => ({ value, label: t(`states.${value}`) }))}
        />
        <Select
          label={t("slot")}
          value={slot}
          onChange={setSlot}
          className="w-48"
          options={[
            { value: "all", label: t("allSlots") },
            { value: "W", label: t("slots.W") },
            { value: "T", label: t("slots.T") },
          ]}
        />
      </div>
      {(assignment ?? course) !== null && (
        <Note tone="info" className="mb-4">
          {assignment === null ? t("filteredByCourse") : t("filtered")} ·{" "}
          <Link href="/marking" className="text-accent underline underline-offset-4">
            {t("showAll")}
          </Link>
        </Note>
      )}
      <Card className="overflow-hidden">
        <Loaded query={scripts} skeleton={<SkeletonRows rows={6} className="mx-4 my-1 h-12" />}>
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.items);
            if (rows.length > 0) return <Pile rows={rows} />;
            const isWaiting = state !== "marked";
            return (
              <EmptyState
                icon={CheckCheck}
                title={t(NONE[state])}
                about={isWaiting ? t(state === "needs" ? "noneNeedsAbout" : "noneAbout") : undefined}
              />
            );
          }}
        </Loaded>
        <MoreButton query={scripts} />
      </Card>
    </>
  );
}

export function MarkingWaiting() {
  const t = useTranslations("marking");
  return (
    <>
      <PageHead title={t("title")} about={t("about")} />
      <Skeleton className="mb-4 h-10 max-w-88" />
      <Skeleton className="h-96" />
    </>
  );
}

interface Wanted {
  state: State;
  slot: Slot;
  assignment: number | null;
  course: number | null;
}

/** What needs a person may be marked already: an appeal is about a mark. */
function useScripts({ slot, state, ...wanted }: Wanted) {
  const which = state === "needs" ? { state: "", needs: true } : { state };
  const query = { ...which, ...wanted, slot: slot === "all" ? "" : slot, limit: 50 };
  return $api.useInfiniteQuery(
    "get",
    "/api/v1/scripts",
    { params: { query } },
    {
      pageParamName: "after",
      initialPageParam: null,
      getNextPageParam: (page) => page.next,
      placeholderData: keepPreviousData,
    },
  );
}
