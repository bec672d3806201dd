"use client";

import { useQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Card, CardHead } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/input";
import { Loaded } from "@/components/ui/loaded";
import { SkeletonRows } from "@/components/ui/skeleton";
import { EmptyState, Note } from "@/components/ui/states";
import { api, take } from "@/lib/api";
import { Passages } from "../passages";
import type { Run, Trace, Traced } from "../types";
import { keysOf, passagesOf, type Thing, THINGS } from "./trace-rules";
import { useNames } from "./use-names";

/** Both ways: from a passage to all that rests on it, and from anything to its passages. */
export function TraceView({ run }: { run: Run }) {
  const drafts = run.stages.map(({ draft }) => draft?.id ?? 0).join(" ");
  const query = useQuery({
    queryKey: ["run", run.id, "trace", drafts],
    queryFn: () => take(api.GET("/api/v1/runs/{run_id}/trace", { params: { path: { run_id: run.id } } })),
    placeholderData: (before) => before,
  });
  return (
    <Loaded query={query} skeleton={<SkeletonRows rows={6} />}>
      {(trace) => <Traces run={run} trace={trace} />}
    </Loaded>
  );
}

/** A syllabus has hundreds of passages. */
const PART = 60;

function Traces({ run, trace }: { run: Run; trace: Trace }) {
  const t = useTranslations("run");
  const nameOf = useNames(run);
  const [thing, setThing] = useState<Thing | null>(null);
  const [key, setKey] = useState<string | null>(null);
  const shown = passagesOf(trace, thing, key);
  return (
    <div className="grid grid-cols-1 gap-5">
      <Lost run={run} trace={trace} nameOf={nameOf} />
      <Uncovered run={run} trace={trace} />
      <Card>
        <CardHead title={t("traceTitle")} about={t("traceAbout")} />
        <div className="grid grid-cols-1 gap-4 px-5 pb-4 sm:grid-cols-[12rem_minmax(0,1fr)]">
          <Field label={t("traceOf")}>
            {(control) => (
              <NativeSelect
                {...control}
                value={thing ?? ""}
                onChange={(event) => {
                  setThing(THINGS.find((name) => name === event.target.value) ?? null);
                  setKey(null);
                }}
              >
                <option value="">{t("traceAll")}</option>
                {THINGS.map((name) => (
                  <option key={name} value={name}>
                    {t(`things.${name}`)}
                  </option>
                ))}
              </NativeSelect>
            )}
          </Field>
          {thing !== null && (
            <Field label={t("traceWhich")}>
              {(control) => (
                <NativeSelect {...control} value={key ?? ""} onChange={(event) => setKey(event.target.value || null)}>
                  <option value="">{t("traceAll")}</option>
                  {keysOf(trace, thing).map((it) => (
                    <option key={it} value={it}>
                      {nameOf(thing, it)}
                    </option>
                  ))}
                </NativeSelect>
              )}
            </Field>
          )}
        </div>
        {shown.length === 0 && <EmptyState icon={ScrollText} title={t("traceNone")} />}
        <ol className="divide-y divide-line border-t border-line">
          {shown.slice(0, PART).map((passage) => (
            <PassageLine
              key={`${passage.page}-${passage.start}-${passage.end}`}
              run={run}
              passage={passage}
              nameOf={nameOf}
            />
          ))}
        </ol>
        {shown.length > PART && (
          <p className="px-5 py-3 text-sm text-ink-faint">{t("traceMore", { count: shown.length - PART })}</p>
        )}
      </Card>
    </div>
  );
}

interface LineProps {
  run: Run;
  passage: Traced;
  nameOf: (thing: Thing, key: string) => string;
}

function PassageLine({ run, passage, nameOf }: LineProps) {
  const t = useTranslations("run");
  return (
    <li className="grid grid-cols-1 gap-3 px-5 py-4 lg:grid-cols-2 lg:gap-6">
      <Passages run={run} passages={[passage]} />
      <dl className="grid content-start gap-2">
        {THINGS.filter((thing) => passage[thing].length > 0).map((thing) => (
          <div key={thing} className="grid grid-cols-[5rem_minmax(0,1fr)] gap-3 text-sm">
            <dt className="text-ink-faint">{t(`things.${thing}`)}</dt>
            <dd className="flex flex-wrap gap-1.5">
              {passage[thing].map((key) => (
                <Badge key={key} className="whitespace-normal">
                  {nameOf(thing, key)}
                </Badge>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

function Uncovered({ run, trace }: { run: Run; trace: Trace }) {
  const t = useTranslations("run");
  if (trace.uncovered.length === 0) return <Note tone="good">{t("allCovered")}</Note>;
  return (
    <Card>
      <CardHead title={t("uncovered", { count: trace.uncovered.length })} about={t("uncoveredAbout")} />
      <div
        className="max-h-80 overflow-y-auto border-t border-line p-5"
        tabIndex={0}
        role="region"
        aria-label={t("uncovered", { count: trace.uncovered.length })}
      >
        <Passages run={run} passages={trace.uncovered} />
      </div>
    </Card>
  );
}

function Lost({ run, trace, nameOf }: Omit<LineProps, "passage"> & { trace: Trace }) {
  const t = useTranslations("run");
  if (trace.newest.edition === run.syllabus.edition) return null;
  if (trace.lost.length === 0) return <Note tone="good">{t("nothingLost", { edition: trace.newest.edition })}</Note>;
  return (
    <Card className="border-warn">
      <CardHead title={t("lost", { edition: trace.newest.edition, count: trace.lost.length })} about={t("lostAbout")} />
      <ul className="divide-y divide-line border-t border-line">
        {trace.lost.map(({ quote, points, objectives }) => (
          <li key={quote} className="grid grid-cols-1 gap-2 px-5 py-3 lg:grid-cols-2 lg:gap-6">
            <p className="text-sm text-ink-soft line-through decoration-bad/60">{quote}</p>
            <p className="flex flex-wrap gap-1.5">
              {points.map((key) => (
                <Badge key={key} tone="warn" className="whitespace-normal">
                  {nameOf("points", key)}
                </Badge>
              ))}
              {objectives.map((key) => (
                <Badge key={key} tone="warn" className="whitespace-normal">
                  {nameOf("objectives", key)}
                </Badge>
              ))}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
