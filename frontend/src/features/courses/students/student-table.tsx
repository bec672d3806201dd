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
    <Table>
      <thead>
        <tr>
          <Th>{t("column.name")}</Th>
          <Th className="max-sm:hidden">{t("column.number")}</Th>
          <Th className="max-md:hidden">{t("column.class")}</Th>
          <Th>{t("column.progress")}</Th>
          <Th className="max-lg:hidden">{t("column.joined")}</Th>
          <Th />
        </tr>
      </thead>
      <tbody>
        {rows.map((student) => (
          <Tr key={student.id}>
            <Td>
              <span className="font-medium">{student.name}</span>
              <span className="block text-xs text-ink-faint sm:hidden">{student.student_number}</span>
            </Td>
            <Td className="tabular-nums max-sm:hidden">{student.student_number}</Td>
            <Td className="max-md:hidden">{student.administrative_class}</Td>
            <Td>
              <span className="flex items-center gap-3">
                <Progress value={student.progress} label={t("column.progress")} className="w-24 max-sm:hidden" />
                <span className="tabular-nums">{Math.round(student.progress)}%</span>
              </span>
            </Td>
            <Td className="text-ink-faint max-lg:hidden">{times.day(student.joined_at)}</Td>
            <Td className="w-px py-1 text-right">
              <StudentMenu course_id={course_id} student={student} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
