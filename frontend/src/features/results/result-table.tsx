"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { one } from "@/features/results/assignment-figures";
import { Link } from "@/i18n/navigation";

interface Props {
  assignments: Schema<"ResultAssignment">[];
  students: Schema<"ResultStudent">[];
}

type Cell = Schema<"ResultCell">;

export function ResultTable({ assignments, students }: Props) {
  const t = useTranslations("results");
  return (
    <Table>
      <thead>
        <tr>
          <Th className="sticky left-0 bg-surface">{t("name")}</Th>
          <Th className="text-right">{t("progress")}</Th>
          {assignments.map((assignment) => (
            <Th key={assignment.id} className="max-w-40 truncate text-right" title={assignment.title}>
              {assignment.title}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {students.map((student) => (
          <Tr key={student.id} className="group">
            <Td className="sticky left-0 bg-surface whitespace-nowrap group-hover:bg-sunken">
              <span className="font-medium">{student.name}</span>
              <span className="block text-xs text-ink-faint">{student.student_number}</span>
            </Td>
            <Td className="text-right tabular-nums">{Math.round(student.progress)}%</Td>
            {assignments.map((assignment) => (
              <Td key={assignment.id} className="text-right tabular-nums">
                <Result cell={student.cells.find((it) => it.assignment === assignment.id)} name={student.name} />
              </Td>
            ))}
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Result({ cell, name }: { cell: Cell | undefined; name: string }) {
  const t = useTranslations("results");
  const common = useTranslations("common");
  if (!cell?.attempt || !cell.state) return <span className="text-ink-faint">{t("notDone")}</span>;
  if (cell.raw === null) return <span className="text-ink-soft">{common(`states.${cell.state}`)}</span>;
  return (
    <>
      <Mark attempt={cell.attempt} raw={cell.raw} of={cell.raw_of} name={name} />
      {cell.written.map((mark) => (
        <Written key={mark.section} mark={mark} />
      ))}
    </>
  );
}

/** Who gave the mark of an essay or translation, and whether it is one yet. */
function Written({ mark: { section, value, by, is_provisional } }: { mark: Cell["written"][number] }) {
  const t = useTranslations("results");
  const engine = by === "model" ? "model" : "builtin";
  return (
    <span className="block text-xs whitespace-nowrap text-ink-faint">
      {t(`written.${section === "writing" ? "writing" : "translation"}`)}{" "}
      <span className={is_provisional ? "italic" : "text-ink-soft"}>{one(value)}</span>{" "}
      {is_provisional ? t(`meanwhile.${engine}`) : by && t(`makers.${by}`)}
    </span>
  );
}

function Mark({ attempt, raw, of, name }: { attempt: string; raw: number; of: number | null; name: string }) {
  const t = useTranslations("results");
  return (
    <Link
      href={`/report/${attempt}`}
      className="relative rounded-sm font-medium text-accent underline-offset-4 hover:underline"
    >
      {one(raw)}
      <span className="font-normal text-ink-faint"> / {of}</span>
      <span className="sr-only"> {t("open", { name })}</span>
    </Link>
  );
}
