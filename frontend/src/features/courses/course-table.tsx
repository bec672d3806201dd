"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { BookOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Schema } from "@/client/types";
import { Badge, type Tone } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Loaded } from "@/components/ui/loaded";
import { Pagination } from "@/components/ui/pagination";
import { Progress } from "@/components/ui/progress";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Link } from "@/i18n/navigation";
import { $api } from "@/lib/api";
import { useUser } from "@/lib/store";

type Row = Schema<"CourseRow">;
type Status = Row["status"];

const statuses: readonly Status[] = ["active", "draft", "completed", "archived"];
export const toneOf: Record<Status, Tone> = { draft: "warn", active: "good", completed: "accent", archived: "plain" };

/** Staff: the courses they teach (an administrator: all), page by page. */
export function CourseTable() {
  const t = useTranslations("courses");
  const common = useTranslations("common");
  const [status, setStatus] = useState<Status | "all">("all");
  const [page, setPage] = useState(1);
  const query = { page, page_size: 20, status: status === "all" ? "" : status };
  const courses = $api.useQuery("get", "/api/v1/courses", { params: { query } }, { placeholderData: keepPreviousData });
  const choose = (next: Status | "all") => {
    setStatus(next);
    setPage(1);
  };
  return (
    <div className="grid gap-4">
      <Select
        label={t("statusFilter")}
        value={status}
        onChange={choose}
        className="w-40"
        options={[
          { value: "all", label: common("all") },
          ...statuses.map((value) => ({ value, label: t(`statuses.${value}`) })),
        ]}
      />
      <Card className="overflow-hidden">
        <Loaded query={courses} skeleton={<SkeletonRows rows={4} className="mx-4 my-1" />}>
          {(list) =>
            list.courses.length > 0 ? (
              <>
                <Rows rows={list.courses} />
                <Pagination
                  page={list.current_page}
                  pages={list.total_pages}
                  about={t("page", { page: list.current_page, pages: list.total_pages, total: list.total_count })}
                  onPage={setPage}
                />
              </>
            ) : (
              <EmptyState
                icon={BookOpen}
                title={status === "all" ? t("none") : t("noneWithStatus")}
                about={status === "all" ? t("noneTeacher") : undefined}
              />
            )
          }
        </Loaded>
      </Card>
    </div>
  );
}

function Rows({ rows }: { rows: Row[] }) {
  const t = useTranslations("courses");
  const isAdmin = useUser().role === "admin";
  return (
    <Table isStacked>
      <thead>
        <tr>
          <Th>{t("column.course")}</Th>
          {isAdmin && <Th>{t("column.teacher")}</Th>}
          <Th className="text-right">{t("column.students")}</Th>
          <Th className="text-right">{t("column.assignments")}</Th>
          <Th>{t("column.progress")}</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((course) => (
          <Tr key={course.id}>
            <Td isLead>
              <Link href={`/courses/${course.id}`} prefetch={false} className="font-medium hover:text-accent">
                {course.name}
              </Link>
              <span className="mt-1 flex flex-wrap items-center gap-2 text-xs text-ink-faint">
                <Badge tone={toneOf[course.status]}>{t(`statuses.${course.status}`)}</Badge>
                {[course.category, course.level].filter(Boolean).join(" · ")}
              </span>
            </Td>
            {isAdmin && <Td label={t("column.teacher")}>{course.teacher_name}</Td>}
            <Td label={t("column.students")} className="text-right tabular-nums">
              {course.student_count}
            </Td>
            <Td label={t("column.assignments")} className="text-right tabular-nums">
              {course.assignment_count}
            </Td>
            <Td label={t("column.progress")}>
              <span className="flex items-center gap-3">
                <Progress value={course.avg_progress} label={t("column.progress")} className="w-24" />
                <span className="tabular-nums">{Math.round(course.avg_progress)}%</span>
              </span>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
