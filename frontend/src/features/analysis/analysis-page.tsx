"use client";

import { ChartColumn, DoorOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Loaded } from "@/components/ui/loaded";
import { PageHead } from "@/components/ui/page-head";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState, Note } from "@/components/ui/states";
import { Link } from "@/i18n/navigation";
import { $api } from "@/lib/api";
import { usePathId } from "@/lib/path";
import { useWords } from "@/lib/words";
import type { Analysis } from "./analysis-rules";
import { Charts } from "./charts";
import { Figures } from "./figures";
import { ItemDialog } from "./item-dialog";
import { ItemTable } from "./item-table";

export function AnalysisPage() {
  const id = usePathId();
  return id === null ? <AnalysisWaiting /> : <AnalysisOf assignment_id={Number(id)} />;
}

function AnalysisOf({ assignment_id }: { assignment_id: number }) {
  const params = { path: { assignment_id } };
  const query = $api.useQuery("get", "/api/v1/assignments/{assignment_id}/analysis", { params });
  return (
    <Loaded query={query} isPage skeleton={<AnalysisWaiting />}>
      {(analysis) => <Analysed analysis={analysis} />}
    </Loaded>
  );
}

function Analysed({ analysis }: { analysis: Analysis }) {
  const t = useTranslations("analysis");
  const words = useWords();
  const { about } = analysis;
  const slot = useSearchParams().get("item");
  // The item lives in the address: a reload, a link and the back button find it again.
  const open = (item: string | null) =>
    window.history.replaceState(null, "", item === null ? window.location.pathname : `?item=${item}`);
  return (
    <>
      <PageHead
        title={t("of", { title: about.title })}
        about={words(about.paper_title)}
        back={{ href: `/courses/${about.course}?tab=results`, label: about.course_name }}
      >
        {about.mode === "exam" && (
          <Button asChild>
            <Link href={`/rooms/${about.assignment}`}>
              <DoorOpen aria-hidden />
              {t("room")}
            </Link>
          </Button>
        )}
      </PageHead>
      {analysis.sat === 0 ? (
        <EmptyState icon={ChartColumn} title={t("nobody")} about={t("nobodyAbout")} />
      ) : (
        <div className="grid gap-5">
          <Figures analysis={analysis} />
          <Cautions analysis={analysis} />
          <Charts analysis={analysis} onItem={open} />
          <ItemTable rows={analysis.items} onItem={open} />
        </div>
      )}
      {slot !== null && <ItemDialog assignment={about.assignment} slot={slot} onSlot={open} />}
    </>
  );
}

function Cautions({ analysis }: { analysis: Analysis }) {
  const t = useTranslations("analysis");
  const words = useWords();
  const { caution, waiting_scripts: waiting, about } = analysis;
  if (caution === null && waiting === 0) return null;
  return (
    <div className="grid gap-3">
      {caution && <Note tone="warn">{words(caution)}</Note>}
      {waiting > 0 && (
        <Note tone="info">
          {t("waiting", { count: waiting })}{" "}
          <Link href={`/marking?assignment=${about.assignment}`} className="text-accent underline underline-offset-4">
            {t("toMarking")}
          </Link>
        </Note>
      )}
    </div>
  );
}

export function AnalysisWaiting() {
  return (
    <div aria-busy className="grid gap-5">
      <Skeleton className="h-16" />
      <Skeleton className="h-24" />
      <div className="grid gap-5 lg:grid-cols-2">
        <Skeleton className="h-84" />
        <Skeleton className="h-84" />
        <Skeleton className="h-84" />
        <Skeleton className="h-84" />
      </div>
      <Skeleton className="h-96" />
    </div>
  );
}
