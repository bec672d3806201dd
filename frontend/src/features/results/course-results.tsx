"use client";

import { ChartColumn, FileSpreadsheet } from "lucide-react";
import { useTranslations } from "next-intl";
import { useGradebook } from "@/components/files/use-gradebook";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { Loaded } from "@/components/ui/loaded";
import { MoreButton } from "@/components/ui/more-button";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { AssignmentFigures } from "@/features/results/assignment-figures";
import { ResultTable } from "@/features/results/result-table";
import { $api } from "@/lib/api";
import { usePathId } from "@/lib/path";

/** The class's results: each assignment's figures over everybody, then each student. */
export function CourseResults() {
  const id = usePathId();
  return id === null ? <Skeleton className="h-72" /> : <ResultsOf course_id={Number(id)} />;
}

function ResultsOf({ course_id }: { course_id: number }) {
  const t = useTranslations("results");
  const results = $api.useInfiniteQuery(
    "get",
    "/api/v1/courses/{course_id}/results",
    { params: { path: { course_id }, query: { limit: 50 } } },
    { pageParamName: "after", initialPageParam: null, getNextPageParam: (page) => page.next },
  );
  return (
    <Loaded query={results} skeleton={<Skeleton className="h-72" />}>
      {({ pages }) => {
        const assignments = pages[0]?.assignments ?? [];
        if (assignments.length === 0) {
          return <EmptyState icon={ChartColumn} title={t("none")} about={t("noneAbout")} />;
        }
        return (
          <div className="grid gap-5">
            <Gradebook course_id={course_id} />
            <ul className="grid items-start gap-5 lg:grid-cols-2">
              {assignments.map((assignment) => (
                <li key={assignment.id} className="grid">
                  <AssignmentFigures assignment={assignment} />
                </li>
              ))}
            </ul>
            <Card className="overflow-hidden">
              <CardHead title={t("students")} />
              <ResultTable assignments={assignments} students={pages.flatMap((page) => page.students)} />
              <MoreButton query={results} />
            </Card>
          </div>
        );
      }}
    </Loaded>
  );
}

function Gradebook({ course_id }: { course_id: number }) {
  const t = useTranslations("results");
  const { isBusy, save } = useGradebook(course_id);
  return (
    <Button onClick={() => void save()} isBusy={isBusy} className="justify-self-end max-sm:justify-self-stretch">
      {!isBusy && <FileSpreadsheet aria-hidden />}
      {t("gradebook")}
    </Button>
  );
}
