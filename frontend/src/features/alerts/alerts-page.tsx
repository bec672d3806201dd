"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { SystemPages } from "@/components/shell/system-pages";
import { PageHead } from "@/components/ui/page-head";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import { AlertList } from "@/features/alerts/alert-list";

const waiting = () => <SkeletonRows rows={6} />;
const Rules = dynamic(() => import("@/features/alerts/rules").then((it) => it.Rules), { loading: waiting });
const Channels = dynamic(() => import("@/features/alerts/channels").then((it) => it.Channels), { loading: waiting });

export function AlertsPage() {
  const t = useTranslations("alerts");
  return (
    <>
      <PageHead title={t("title")} about={t("about")} />
      <SystemPages />
      <Tabs defaultValue="alerts">
        <TabList aria-label={t("title")}>
          <Tab value="alerts">{t("list")}</Tab>
          <Tab value="rules">{t("rules")}</Tab>
          <Tab value="channels">{t("channels")}</Tab>
        </TabList>
        <TabPanel value="alerts">
          <AlertList />
        </TabPanel>
        <TabPanel value="rules">
          <Rules />
        </TabPanel>
        <TabPanel value="channels">
          <Channels />
        </TabPanel>
      </Tabs>
    </>
  );
}

export function AlertsWaiting() {
  const t = useTranslations("alerts");
  return (
    <>
      <PageHead title={t("title")} about={t("about")} />
      <Skeleton className="mb-5 h-10 w-60" />
      <Skeleton className="h-96" />
    </>
  );
}
