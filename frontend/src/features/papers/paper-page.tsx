"use client";

import { useTranslations } from "next-intl";
import { AttemptList } from "@/components/attempts/attempt-list";
import { Card, CardHead } from "@/components/ui/card";
import { Later } from "@/components/ui/later";
import { Loaded } from "@/components/ui/loaded";
import { PageHead } from "@/components/ui/page-head";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { PaperCard, type Paper } from "@/features/papers/paper-card";
import { PaperKeys } from "@/features/papers/paper-keys";
import { PrintedSheet } from "@/features/papers/printed-sheet";
import { PrintMenu } from "@/features/papers/print-menu";
import { Recording } from "@/features/papers/recording";
import { $api } from "@/lib/api";
import { usePathId } from "@/lib/path";
import { useUser } from "@/lib/store";
import { useWords } from "@/lib/words";

/** A track is made in the background: the page looks until it is there. */
const AGAIN_MS = 4_000;

export function PaperWaiting() {
  return (
    <div aria-busy>
      <Skeleton className="mb-6 h-24 max-w-96" />
      <Skeleton className="h-64" />
    </div>
  );
}

export function PaperPage() {
  const id = usePathId();
  return id === null ? <PaperWaiting /> : <PaperOf paper_id={Number(id)} />;
}

function PaperOf({ paper_id }: { paper_id: number }) {
  const t = useTranslations("papers");
  const words = useWords();
  const isStudent = useUser().role === "student";
  const paper = $api.useQuery(
    "get",
    "/api/v1/papers/{paper_id}",
    { params: { path: { paper_id } } },
    { refetchInterval: ({ state }) => (state.data?.audio === "building" ? AGAIN_MS : false) },
  );
  return (
    <Loaded query={paper} isPage skeleton={<PaperWaiting />}>
      {(it) => (
        <>
          <PageHead
            title={words(it.title)}
            about={t("facts", { items: it.items, minutes: it.minutes })}
            back={{ href: "/papers", label: t("title") }}
          >
            {!isStudent && <PrintMenu />}
          </PageHead>
          <div className="grid grid-cols-1 gap-5">
            {isStudent ? <ForStudents paper={it} /> : <ForStaff paper={it} />}
          </div>
        </>
      )}
    </Loaded>
  );
}

function ForStaff({ paper }: { paper: Paper }) {
  return (
    <>
      <Recording paper={paper} />
      <div className="print-paper">
        <PaperKeys paper_id={paper.id} />
      </div>
      <Later>
        <PrintedSheet paper_id={paper.id} />
      </Later>
    </>
  );
}

function ForStudents({ paper }: { paper: Paper }) {
  const t = useTranslations("papers");
  const query = { paper: paper.id, limit: 50 };
  const attempts = $api.useQuery("get", "/api/v1/attempts", { params: { query } });
  return (
    <>
      <PaperCard paper={paper} />
      <Loaded query={attempts} skeleton={<SkeletonRows rows={2} />}>
        {({ items }) =>
          items.length > 0 && (
            <Card>
              <CardHead title={t("myAttempts")} />
              <AttemptList attempts={items} />
            </Card>
          )
        }
      </Loaded>
    </>
  );
}
