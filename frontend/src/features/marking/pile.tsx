"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { Status } from "@/components/ui/badge";
import { rowOfLines, Table, Td, Th, Tr } from "@/components/ui/table";
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
          <Tr key={row.id} className={rowOfLines}>
            <Td className="max-sm:order-1 max-sm:block! max-sm:grow">
              <Link href={`/marking/${row.id}`} className="font-medium hover:text-accent">
                {row.student_name}
              </Link>
              <span className="block text-xs text-ink-faint max-sm:ml-2 max-sm:inline">{row.student_number}</span>
            </Td>
            <Td className="whitespace-nowrap max-sm:order-4">{t(`slots.${slotOf(row.slot)}`)}</Td>
            <Td className="max-sm:order-3 max-sm:block! max-sm:basis-full sm:max-md:hidden">
              {row.assignment_title}
              <span className="block text-xs text-ink-faint max-sm:ml-2 max-sm:inline">{row.course_name}</span>
            </Td>
            <Td className="text-right tabular-nums max-sm:order-5 max-sm:text-ink-faint">
              <span className="sm:hidden">{t("words", { count: row.words })}</span>
              <span className="max-sm:hidden">{row.words}</span>
            </Td>
            <Td className="whitespace-nowrap text-ink-faint max-sm:order-6 max-sm:ml-auto! max-sm:text-xs">
              {times.moment(row.submitted_at)}
            </Td>
            <Td className="text-right font-semibold tabular-nums max-sm:order-2">
              {row.mark ?? <Waiting row={row} />}
              {row.is_appealed && <Status tone="bad">{t("appealed")}</Status>}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

/** Waiting for the teacher, with what a program gives meanwhile and whether it asks for a person. */
function Waiting({ row: { provisional, doubts } }: { row: Schema<"DeskRow"> }) {
  const t = useTranslations("marking");
  return (
    <span className="grid justify-items-end">
      <Status tone={doubts.length > 0 ? "bad" : "warn"}>
        {t(doubts.length > 0 ? "needsPerson" : "states.waiting")}
      </Status>
      {provisional !== null && (
        <span className="text-xs font-normal text-ink-faint">{t("provisional", { mark: provisional })}</span>
      )}
    </span>
  );
}
