"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { Badge, Status } from "@/components/ui/badge";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { slotOf } from "@/features/marking/slot";
import { Link } from "@/i18n/navigation";
import { useTimes } from "@/lib/time";

export function Pile({ rows }: { rows: Schema<"DeskRow">[] }) {
  const t = useTranslations("marking");
  const times = useTimes();
  return (
    <Table isStacked>
      <thead>
        <tr>
          <Th>{t("column.student")}</Th>
          <Th>{t("column.task")}</Th>
          <Th className="sm:max-md:hidden">{t("column.assignment")}</Th>
          <Th className="text-right">{t("column.words")}</Th>
          <Th>{t("column.submitted")}</Th>
          <Th className="text-right">{t("column.mark")}</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Tr key={row.id}>
            <Td isLead>
              <Link href={`/marking/${row.id}`} className="font-medium hover:text-accent">
                {row.student_name}
              </Link>
              <span className="block text-xs text-ink-faint">{row.student_number}</span>
            </Td>
            <Td label={t("column.task")}>
              <Badge tone={row.slot === "W" ? "accent" : "plain"}>{t(`slots.${slotOf(row.slot)}`)}</Badge>
            </Td>
            <Td label={t("column.assignment")} className="sm:max-md:hidden">
              {row.assignment_title}
              <span className="block text-xs text-ink-faint">{row.course_name}</span>
            </Td>
            <Td label={t("column.words")} className="text-right tabular-nums">
              {row.words}
            </Td>
            <Td label={t("column.submitted")} className="whitespace-nowrap text-ink-faint">
              {times.moment(row.submitted_at)}
            </Td>
            <Td label={t("column.mark")} className="text-right font-semibold tabular-nums">
              {row.mark ?? <Status tone="warn">{t("states.waiting")}</Status>}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
