import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Schema } from "@/client/types";
import { Card, CardHead } from "@/components/ui/card";
import { Loaded } from "@/components/ui/loaded";
import { Skeleton } from "@/components/ui/skeleton";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import { $api } from "@/lib/api";
import { type Board, inShare, inTime } from "./rules";

const time = (ms: number | null) => (ms === null ? "—" : inTime(ms));

/** Where to look when a promise is not kept. Tables that nobody has opened are not asked for. */
export function Causes({ board }: { board: Board }) {
  const t = useTranslations("promises");
  const { minutes } = board.summary;
  return (
    <section className="grid grid-cols-1 gap-2">
      <h2 className="font-title text-xl font-semibold">{t("why")}</h2>
      <Tabs defaultValue="operations">
        <TabList>
          {(["operations", "queries", "caches", "purposes", "jobs", "refused"] as const).map((name) => (
            <Tab key={name} value={name}>
              {t(name)}
            </Tab>
          ))}
        </TabList>
        <TabPanel value="operations">
          <Slow rows={board.slow_operations} title={t("operations")} about={t("operationsAbout", { minutes })} />
        </TabPanel>
        <TabPanel value="queries">
          <Slow rows={board.slow_queries} title={t("queries")} about={t("queriesAbout")} />
        </TabPanel>
        <TabPanel value="caches">
          <Caches rows={board.caches} minutes={minutes} />
        </TabPanel>
        <TabPanel value="purposes">
          <WorkSeen part="purposes" />
        </TabPanel>
        <TabPanel value="jobs">
          <WorkSeen part="jobs" />
        </TabPanel>
        <TabPanel value="refused">
          <Refused rows={board.refused} />
        </TabPanel>
      </Tabs>
    </section>
  );
}

type Cell = string | number;

interface FiguresProps {
  title: string;
  about: string;
  /** After the name. */
  columns: readonly string[];
  rows: readonly (readonly [string, ...Cell[]])[];
}

function Figures({ title, about, columns, rows }: FiguresProps): ReactNode {
  const t = useTranslations("promises");
  return (
    <Card className="overflow-hidden">
      <CardHead title={title} about={about} />
      {rows.length === 0 ? (
        <p className="px-5 pb-5 text-sm text-ink-soft">{t("none")}</p>
      ) : (
        <Table isStacked>
          <thead>
            <tr>
              <Th>{t("column.name")}</Th>
              {columns.map((name) => (
                <Th key={name} className="text-right">
                  {name}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...cells]) => (
              <Tr key={`${name} ${cells[0]}`}>
                <Td className="max-w-xl font-mono text-xs wrap-anywhere">{name}</Td>
                {cells.map((cell, number) => (
                  <Td
                    key={columns[number]}
                    label={columns[number]}
                    className="text-right whitespace-nowrap tabular-nums"
                  >
                    {cell}
                  </Td>
                ))}
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}

function Slow({ rows, title, about }: { rows: Schema<"SlowOut">[]; title: string; about: string }) {
  const t = useTranslations("promises.column");
  return (
    <Figures
      title={title}
      about={about}
      columns={[t("count"), t("mean"), t("p95"), t("maximum")]}
      rows={rows.map((row) => [row.name, row.count, time(row.mean), time(row.p95), time(row.maximum)])}
    />
  );
}

function Caches({ rows, minutes }: { rows: Schema<"CacheOut">[]; minutes: number }) {
  const t = useTranslations("promises");
  return (
    <Figures
      title={t("caches")}
      about={t("cachesAbout", { minutes })}
      columns={[t("column.reads"), t("column.hitRate")]}
      rows={rows.map((row) => [row.name, row.reads, row.hit_rate === null ? "—" : inShare(row.hit_rate)])}
    />
  );
}

function Refused({ rows }: { rows: Schema<"RefusedOut">[] }) {
  const t = useTranslations("promises");
  return (
    <Figures
      title={t("refused")}
      about={t("refusedAbout")}
      columns={[t("column.source"), t("column.count")]}
      rows={rows.map((row) => [row.directive, row.source, row.count])}
    />
  );
}

function WorkSeen({ part }: { part: "purposes" | "jobs" }) {
  const t = useTranslations("promises");
  const work = $api.useQuery("get", "/api/v1/promises/work");
  const times = [t("column.failed"), t("column.mean"), t("column.p95")];
  return (
    <Loaded query={work} skeleton={<Skeleton className="h-44" />}>
      {({ purposes, jobs }) =>
        part === "purposes" ? (
          <Figures
            title={t("purposes")}
            about={t("purposesAbout")}
            columns={[t("column.count"), ...times, t("column.cost")]}
            rows={purposes.map((row) => [
              row.name,
              row.calls,
              row.failed,
              time(row.mean),
              time(row.p95),
              `¥${(row.cost / 1_000_000).toFixed(4)}`,
            ])}
          />
        ) : (
          <Figures
            title={t("jobs")}
            about={t("jobsAbout")}
            columns={[t("column.count"), t("column.waiting"), ...times]}
            rows={jobs.map((row) => [row.name, row.jobs, row.waiting, row.failed, time(row.mean), time(row.p95)])}
          />
        )
      }
    </Loaded>
  );
}
