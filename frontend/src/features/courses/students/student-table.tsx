"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { Progress } from "@/components/ui/progress";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { StudentMenu } from "@/features/courses/students/student-menu";
import { useTimes } from "@/lib/time";

interface Props {
  course_id: number;
  rows: Schema<"StudentRow">[];
}

export function StudentTable({ course_id, rows }: Props) {
  const t = useTranslations("students");
  const times = useTimes();
  return (
    <Table isStacked>
      <thead>
        <tr>
          <Th>{t("column.name")}</Th>
          <Th>{t("column.number")}</Th>
          <Th>{t("column.class")}</Th>
          <Th>{t("column.progress")}</Th>
          <Th className="sm:max-lg:hidden">{t("column.joined")}</Th>
          <Th />
        </tr>
      </thead>
      <tbody>
        {rows.map((student) => (
          <Tr key={student.id}>
            <Td isLead>
              <span className="font-medium">{student.name}</span>
            </Td>
            <Td label={t("column.number")} className="tabular-nums">
              {student.student_number}
            </Td>
            <Td label={t("column.class")}>{student.administrative_class}</Td>
            <Td label={t("column.progress")}>
              <span className="flex items-center gap-3">
                <Progress value={student.progress} label={t("column.progress")} className="w-24 max-sm:hidden" />
                <span className="tabular-nums">{Math.round(student.progress)}%</span>
              </span>
            </Td>
            <Td label={t("column.joined")} className="text-ink-faint sm:max-lg:hidden">
              {times.day(student.joined_at)}
            </Td>
            <Td isMenu>
              <StudentMenu course_id={course_id} student={student} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
