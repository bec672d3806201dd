"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { Upload, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Loaded } from "@/components/ui/loaded";
import { MoreButton } from "@/components/ui/more-button";
import { SearchBox } from "@/components/ui/search-box";
import { SkeletonRows } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { RosterDialog } from "@/features/courses/roster/roster-dialog";
import { StudentTable } from "@/features/courses/students/student-table";
import type { Course } from "@/features/courses/use-course";
import { $api } from "@/lib/api";

export function StudentsTab({ course }: { course: Course }) {
  const t = useTranslations("students");
  const [q, setQ] = useState("");
  const [isImporting, setImporting] = useState(false);
  const students = $api.useInfiniteQuery(
    "get",
    "/api/v1/courses/{course_id}/students",
    { params: { path: { course_id: course.id }, query: { q, limit: 50 } } },
    {
      pageParamName: "after",
      initialPageParam: null,
      getNextPageParam: (page) => page.next,
      placeholderData: keepPreviousData,
    },
  );
  const importButton = (
    <Button look="primary" onClick={() => setImporting(true)}>
      <Upload aria-hidden />
      {t("import")}
    </Button>
  );
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap gap-3">
        <SearchBox label={t("search")} onSearch={setQ} className="min-w-0 flex-1 basis-56 sm:max-w-sm" />
        {importButton}
      </div>
      <Card className="overflow-hidden">
        <Loaded query={students} skeleton={<SkeletonRows rows={6} className="mx-4 my-1 h-12" />}>
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.items);
            if (rows.length > 0) return <StudentTable course_id={course.id} rows={rows} />;
            if (q) return <EmptyState icon={Users} title={t("noneFound")} />;
            return <EmptyState icon={Users} title={t("none")} about={t("noneAbout")} />;
          }}
        </Loaded>
        <MoreButton query={students} />
      </Card>
      <RosterDialog course_id={course.id} open={isImporting} onOpenChange={setImporting} />
    </div>
  );
}
