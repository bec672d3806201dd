"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { Badge } from "@/components/ui/badge";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { slotOf } from "@/features/marking/slot";
import { Link } from "@/i18n/navigation";
import { useTimes } from "@/lib/time";

export function Pile({ rows }: { rows: Schema<"DeskRow">[] }) {
  const t = useTranslations("marking");
  const times = useTimes();
  return (
    <Table>
      <thead>
        <tr>
          <Th>{t("column.student")}</Th>
          <Th>{t("column.task")}</Th>
          <Th className="max-md:hidden">{t("column.assignment")}</Th>
          <Th className="text-right max-sm:hidden">{t("column.words")}</Th>
          <Th className="max-sm:hidden">{t("column.submitted")}</Th>
          <Th className="text-right">{t("column.mark")}</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Tr key={row.id}>
            <Td>
              <Link href={`/marking/${row.id}`} prefetch={false} className="font-medium hover:text-accent">
                {row.student_name}
              </Link>
              <span className="block text-xs text-ink-faint">{row.student_number}</span>
            </Td>
            <Td>
              <Badge tone={row.slot === "W" ? "accent" : "plain"}>{t(`slots.${slotOf(row.slot)}`)}</Badge>
            </Td>
            <Td className="max-md:hidden">
              {row.assignment_title}
              <span className="block text-xs text-ink-faint">{row.course_name}</span>
            </Td>
            <Td className="text-right tabular-nums max-sm:hidden">{row.words}</Td>
            <Td className="whitespace-nowrap text-ink-faint max-sm:hidden">{times.moment(row.submitted_at)}</Td>
            <Td className="text-right font-semibold tabular-nums">
              {row.mark ?? <Badge tone="warn">{t("states.waiting")}</Badge>}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
