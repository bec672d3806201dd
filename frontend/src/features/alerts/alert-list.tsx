"use client";

import { BellOff, BellRing, ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Loaded } from "@/components/ui/loaded";
import { MoreButton } from "@/components/ui/more-button";
import { Segmented } from "@/components/ui/segmented";
import { SkeletonRows } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { AlertItem } from "@/features/alerts/alert-item";
import { SilenceDialog } from "@/features/alerts/silence-dialog";
import { Silences } from "@/features/alerts/silences";
import { $api } from "@/lib/api";

const PAGE = 50;
const READ_EVERY_MS = 15_000;

type State = "open" | "closed";

/** What is open now or is over, newest first. */
export function AlertList() {
  const t = useTranslations("alerts");
  const [state, setState] = useState<State>("open");
  const [isSilencing, setSilencing] = useState(false);
  const alerts = $api.useInfiniteQuery(
    "get",
    "/api/v1/alerts",
    { params: { query: { state, limit: PAGE } } },
    {
      pageParamName: "before",
      initialPageParam: null,
      getNextPageParam: (page) => (page.length === PAGE ? page.at(-1)?.id : undefined),
      refetchInterval: state === "open" ? READ_EVERY_MS : false,
    },
  );
  return (
    <div className="grid grid-cols-1 gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Segmented
          label={t("state")}
          value={state}
          onChange={setState}
          options={[
            { value: "open", label: t("open") },
            { value: "closed", label: t("closed") },
          ]}
        />
        <Button onClick={() => setSilencing(true)}>
          <BellOff aria-hidden />
          {t("silenceAll")}
        </Button>
      </div>
      <Silences />
      <Card className="overflow-hidden">
        <Loaded query={alerts} skeleton={<SkeletonRows rows={4} className="mx-5 my-2 h-24" />}>
          {({ pages }) => {
            const rows = pages.flat();
            if (rows.length === 0) return <Nothing state={state} />;
            return (
              <ul className="divide-y divide-line">
                {rows.map((alert) => (
                  <AlertItem key={alert.id} alert={alert} />
                ))}
              </ul>
            );
          }}
        </Loaded>
        <MoreButton query={alerts} />
      </Card>
      <SilenceDialog rule="" title={t("silenceAll")} open={isSilencing} onOpenChange={setSilencing} />
    </div>
  );
}

function Nothing({ state }: { state: State }) {
  const t = useTranslations("alerts");
  return state === "open" ? (
    <EmptyState icon={ShieldCheck} title={t("noneOpen")} about={t("noneOpenAbout")} />
  ) : (
    <EmptyState icon={BellRing} title={t("noneClosed")} />
  );
}
