"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { ClipboardList } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Schema } from "@/client/types";
import { Card } from "@/components/ui/card";
import { Loaded } from "@/components/ui/loaded";
import { MoreButton } from "@/components/ui/more-button";
import { PageHead } from "@/components/ui/page-head";
import { SearchBox } from "@/components/ui/search-box";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { rowOfLines, Table, Td, Th, Tr } from "@/components/ui/table";
import { $api } from "@/lib/api";
import { useTimes } from "@/lib/time";

export function AuditPage() {
  const t = useTranslations("audit");
  const [subject, setSubject] = useState("");
  const [action, setAction] = useState("");
  const audit = $api.useInfiniteQuery(
    "get",
    "/api/v1/audit",
    { params: { query: { subject, action, limit: 100 } } },
    {
      pageParamName: "after",
      initialPageParam: null,
      getNextPageParam: (page) => page.next,
      placeholderData: keepPreviousData,
    },
  );
  return (
    <>
      <PageHead title={t("title")} about={t("about")} />
      <div className="mb-4 grid gap-3 sm:grid-cols-2">
        <SearchBox label={t("subjectHint")} onSearch={setSubject} />
        <SearchBox label={t("actionHint")} onSearch={setAction} />
      </div>
      <Card className="overflow-hidden">
        <Loaded query={audit} skeleton={<SkeletonRows rows={10} className="mx-4 my-1 h-10" />}>
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.items);
            return rows.length > 0 ? <Rows rows={rows} /> : <EmptyState icon={ClipboardList} title={t("none")} />;
          }}
        </Loaded>
        <MoreButton query={audit} />
      </Card>
    </>
  );
}

export function AuditWaiting() {
  const t = useTranslations("audit");
  return (
    <>
      <PageHead title={t("title")} about={t("about")} />
      <div className="mb-4 grid gap-3 sm:grid-cols-2">
        <Skeleton className="h-10" />
        <Skeleton className="h-10" />
      </div>
      <Skeleton className="h-96" />
    </>
  );
}

function Rows({ rows }: { rows: Schema<"AuditOut">[] }) {
  const t = useTranslations("audit");
  const times = useTimes();
  const nameOf = useActionNames();
  return (
    <Table isStacked>
      <thead>
        <tr>
          <Th>{t("at")}</Th>
          <Th>{t("actor")}</Th>
          <Th>{t("action")}</Th>
          <Th>{t("subject")}</Th>
          <Th className="sm:max-md:hidden">{t("detail")}</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Tr key={row.id} className={rowOfLines}>
            <Td className="whitespace-nowrap text-ink-faint tabular-nums max-sm:order-2 max-sm:text-xs">
              {times.second(row.at)}
            </Td>
            <Td className="whitespace-nowrap max-sm:order-3 max-sm:text-ink-soft">
              {row.actor ?? <span className="text-ink-faint">{t("nobody")}</span>}
            </Td>
            <Td className="whitespace-nowrap max-sm:order-1 max-sm:grow max-sm:font-medium">{nameOf(row.action)}</Td>
            <Td className="font-mono text-xs whitespace-nowrap max-sm:order-4 max-sm:text-ink-faint">{row.subject}</Td>
            <Td className="text-xs text-ink-soft max-sm:order-5 max-sm:basis-full sm:max-md:hidden">
              {inWords(row.detail)}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

/** An action in words; one that has none yet shows its code. */
function useActionNames(): (action: string) => string {
  const t = useTranslations("audit");
  return (action) => {
    const key = `actions.${action.replace(".", "-")}` as "actions.session-opened";
    return t.has(key) ? t(key) : action;
  };
}

/** The open JSON of an audit row on one line: "from: student, to: teacher". */
export function inWords(detail: Schema<"AuditOut">["detail"]): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
}
