"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { SystemPages } from "@/components/shell/system-pages";
import { Card, CardHead } from "@/components/ui/card";
import { Loaded } from "@/components/ui/loaded";
import { PageHead } from "@/components/ui/page-head";
import { Skeleton } from "@/components/ui/skeleton";
import { Stat } from "@/components/ui/stat";
import { Note } from "@/components/ui/states";
import { LaterForm, LaterTest } from "@/features/gateway/later";
import { yuan } from "@/lib/money";
import { $api } from "@/lib/api";
import { useTimes } from "@/lib/time";

type Gateway = Schema<"GatewayOut">;

export function GatewayPage() {
  const t = useTranslations("gateway");
  const gateway = $api.useQuery("get", "/api/v1/gateway");
  return (
    <>
      <PageHead title={t("title")} about={t("about")} />
      <SystemPages />
      <Loaded query={gateway} skeleton={<Waiting />}>
        {(seen) => (
          <div className="grid grid-cols-1 gap-6">
            <Standing gateway={seen} />
            <Today gateway={seen} />
            <LaterForm key={seen.changed_at} gateway={seen} />
          </div>
        )}
      </Loaded>
    </>
  );
}

export function GatewayWaiting() {
  const t = useTranslations("gateway");
  return (
    <>
      <PageHead title={t("title")} about={t("about")} />
      <Waiting />
    </>
  );
}

function Waiting() {
  return (
    <div className="grid grid-cols-1 gap-6">
      <Skeleton className="h-12" />
      <Skeleton className="h-44" />
      <Skeleton className="h-160" />
    </div>
  );
}

function Standing({ gateway }: { gateway: Gateway }) {
  const t = useTranslations("gateway");
  const { state, paused } = gateway;
  if (state === "off") return <Note tone="info">{t(gateway.changed_at ? "states.off" : "states.neverSet")}</Note>;
  if (state !== "ready") return <Note tone="warn">{t(`states.${state}`)}</Note>;
  return <Note tone={paused ? "warn" : "good"}>{paused ? t(`paused.${paused}`) : t("states.ready")}</Note>;
}

function Today({ gateway }: { gateway: Gateway }) {
  const t = useTranslations("gateway");
  const times = useTimes();
  const { today, settings, changed_at, changed_by } = gateway;
  const about = changed_at && changed_by ? t("changed", { name: changed_by, at: times.second(changed_at) }) : undefined;
  return (
    <Card>
      <CardHead title={t("today")} about={about} />
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 px-5 pb-5 lg:grid-cols-4">
        <Stat
          label={t("spent")}
          value={yuan(today.spent)}
          about={changed_at ? t("ofBudget", { amount: yuan(settings.day_budget) }) : undefined}
        />
        <Stat label={t("calls")} value={today.calls} about={t("failedCalls", { count: today.failed })} />
        <Stat label={t("tokensIn")} value={today.tokens_in} about={t("ofThemHit", { count: today.tokens_hit })} />
        <Stat label={t("tokensOut")} value={today.tokens_out} />
      </dl>
      {gateway.state === "ready" && <LaterTest />}
    </Card>
  );
}
