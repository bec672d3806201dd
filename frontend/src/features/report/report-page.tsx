"use client";

import { FileClock, FileDown } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useDownload } from "@/components/files/use-download";
import { WithheldNote } from "@/components/paper/withheld-note";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { Later } from "@/components/ui/later";
import { PageHead } from "@/components/ui/page-head";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState, Note } from "@/components/ui/states";
import { Link } from "@/i18n/navigation";
import { api } from "@/lib/api";
import { cn } from "@/lib/cn";
import { usePathId } from "@/lib/path";
import { asProblem } from "@/lib/problem";
import { useUser } from "@/lib/store";
import { useTimes } from "@/lib/time";
import { useWords } from "@/lib/words";
import { EstimateCard } from "./estimate-card";
import { LateCard } from "./late-card";
import { Review } from "./review";
import { hasChoices, SectionsCard, SkillsCard, TrapsCard } from "./score-card";
import { ScriptCard } from "./script-card";
import { type Marking, useMarking, useReportOfMarks } from "./use-marking";
import { type Report, useReport } from "./use-report";

export function ReportPage() {
  const id = usePathId();
  return id === null ? <ReportWaiting /> : <Opened key={id} id={id} />;
}

function Opened({ id }: { id: string }) {
  const { data, error, refetch } = useReport(id);
  const marking = useMarking(id);
  useReportOfMarks(id, data, marking);
  if (data) return <Shown report={data} marking={marking} />;
  if (!error) return <ReportWaiting />;
  return asProblem(error).code === "not_closed" ? (
    <NotClosed id={id} />
  ) : (
    <ErrorState error={error} onRetry={() => void refetch()} isPage />
  );
}

function Shown({ report, marking }: { report: Report; marking: Marking | undefined }) {
  const t = useTranslations("report");
  return (
    <div className="grid grid-cols-1 gap-6">
      <Head report={report} />
      {report.withheld && <WithheldNote withheld={report.withheld} />}
      <GapsNote gaps={report.audio_gaps} />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid grid-cols-1 gap-6">
          {report.estimate && <EstimateCard estimate={report.estimate} />}
          <SectionsCard report={report} />
        </div>
        {hasChoices(report) && (
          <div className="grid grid-cols-1 gap-6 sm:grid-cols-2 lg:grid-cols-1">
            <TrapsCard report={report} />
            <SkillsCard skills={report.skills} />
          </div>
        )}
      </div>
      <LateCard report={report} />
      {report.scripts.length > 0 && (
        <section className="grid grid-cols-1 gap-3">
          <h2 className="font-title text-xl font-semibold">{t("scripts")}</h2>
          <div className={cn("grid grid-cols-1 items-start gap-6", report.scripts.length > 1 && "lg:grid-cols-2")}>
            {report.scripts.map((script) => (
              <ScriptCard key={script.id} script={script} now={marking?.scripts.find(({ id }) => id === script.id)} />
            ))}
          </div>
        </section>
      )}
      <Later>{report.keys === "shown" ? <Review report={report} /> : <AnswersOnly report={report} />}</Later>
    </div>
  );
}

function Head({ report }: { report: Report }) {
  const t = useTranslations("report");
  const words = useWords();
  const times = useTimes();
  const isStudent = useUser().role === "student";
  const { attempt } = report;
  const about = [
    attempt.course_name,
    attempt.assignment_title,
    attempt.submitted_at && t("submittedAt", { time: times.moment(attempt.submitted_at) }),
  ];
  return (
    <PageHead
      back={{ href: isStudent ? "/" : "/courses", label: t("back") }}
      title={words(attempt.paper_title)}
      about={
        <span className="flex flex-wrap items-center gap-2">
          <Badge tone={attempt.mode === "exam" ? "accent" : "plain"}>{t(`mode.${attempt.mode}`)}</Badge>
          {attempt.number > 1 && <Badge>{t("attemptNumber", { number: attempt.number })}</Badge>}
          {about.filter(Boolean).join(" · ")}
        </span>
      }
    >
      <DocumentButton id={attempt.id} />
    </PageHead>
  );
}

function DocumentButton({ id }: { id: string }) {
  const t = useTranslations("report");
  const language = useLocale();
  const { isBusy, save } = useDownload();
  const params = { path: { attempt_id: id }, query: { language } };
  const get = () => api.GET("/api/v1/attempts/{attempt_id}/report.pdf", { params, parseAs: "blob" });
  return (
    <Button onClick={() => void save(get, "report.pdf")} isBusy={isBusy}>
      {!isBusy && <FileDown aria-hidden />}
      {t("document")}
    </Button>
  );
}

function GapsNote({ gaps }: { gaps: Report["audio_gaps"] }) {
  const t = useTranslations("report");
  if (gaps.length === 0) return null;
  const seconds = Math.round(gaps.reduce((sum, { from_ms, to_ms }) => sum + to_ms - from_ms, 0) / 1000);
  return (
    <Note tone="warn">
      <span className="font-semibold">{t("gaps")}</span>{" "}
      {t("gapsAbout", { seconds, places: gaps.map(placeOf).join(", ") })}
    </Note>
  );
}

function placeOf({ from_ms, to_ms }: Report["audio_gaps"][number]): string {
  const clock = (ms: number) => `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, "0")}`;
  return `${clock(from_ms)}–${clock(to_ms)}`;
}

/** Before the keys are released: what was answered, and nothing that would tell whether it was right. */
function AnswersOnly({ report }: { report: Report }) {
  const t = useTranslations("report");
  return (
    <Card>
      <CardHead title={t("answersOnly")} />
      <ul className="grid grid-cols-5 gap-1.5 px-5 pb-5 sm:grid-cols-10">
        {report.items
          .filter(({ is_correct, item }) => is_correct === null && item.slot !== "W" && item.slot !== "T")
          .map(({ item, answer }) => (
            <li
              key={item.slot}
              className="grid justify-items-center rounded-control bg-sunken py-1.5 text-xs tabular-nums"
            >
              {item.slot}
              <strong className="h-5 text-sm">{answer || "–"}</strong>
            </li>
          ))}
      </ul>
    </Card>
  );
}

function NotClosed({ id }: { id: string }) {
  const t = useTranslations("report");
  const isStudent = useUser().role === "student";
  return (
    <EmptyState icon={FileClock} title={t("notClosed")} isPage>
      {isStudent && (
        <Button asChild look="primary">
          <Link href={`/attempt/${id}`}>{t("goOn")}</Link>
        </Button>
      )}
    </EmptyState>
  );
}

export function ReportWaiting() {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")} className="grid gap-6">
      <Skeleton className="h-12 w-72" />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Skeleton className="h-72" />
        <Skeleton className="h-72" />
      </div>
      <Skeleton className="h-96" />
    </div>
  );
}
