"use client";

import { BookOpen, Ellipsis } from "lucide-react";
import { useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar";
import { Badge, Status } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { PageHead } from "@/components/ui/page-head";
import { Pagination } from "@/components/ui/pagination";
import { Progress, ProgressRing } from "@/components/ui/progress";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { Stat } from "@/components/ui/stat";
import { EmptyState, ErrorState, Note } from "@/components/ui/states";
import { Stepper } from "@/components/ui/stepper";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Line, Specimen } from "./specimen";

const tones = ["plain", "accent", "good", "warn", "bad"] as const;

export function Showing() {
  return (
    <>
      <Small />
      <Figures />
      <Tables />
      <Words />
    </>
  );
}

function Small() {
  const t = useTranslations("common");
  return (
    <Specimen name="Badge / Status / Avatar / Kbd / PageHead">
      <Line>
        {tones.map((tone) => (
          <Badge key={tone} tone={tone}>
            {t("states.marked")}
          </Badge>
        ))}
        {tones.map((tone) => (
          <Status key={tone} tone={tone}>
            {t("states.writing")}
          </Status>
        ))}
        <Avatar name="王思远" />
        <Kbd>?</Kbd>
        <Kbd>Enter</Kbd>
      </Line>
      <PageHead title={t("tagline")} about={t("description")} back={{ href: "/", label: t("back") }}>
        <Button look="primary">{t("edit")}</Button>
      </PageHead>
    </Specimen>
  );
}

function Figures() {
  const t = useTranslations("common");
  const steps = (["writing", "listening", "collection", "reading"] as const).map((key) => ({
    key,
    title: t(`states.${key}`),
    about: "30:00",
  }));
  return (
    <Specimen name="Progress / ProgressRing / Stat / Stepper">
      <div className="grid gap-5">
        <Progress value={62} label={t("loading")} />
        <Progress value={null} label={t("loading")} />
        <dl className="flex flex-wrap gap-10">
          <Stat label={t("states.marked")} value="36" about="/ 40" />
          <Stat label={t("states.closed")} value="522–597" />
        </dl>
        <ProgressRing value={36} label={t("loading")}>
          36%
        </ProgressRing>
        <Stepper label={t("tagline")} steps={steps} current="listening" />
      </div>
    </Specimen>
  );
}

function Tables() {
  const t = useTranslations("common");
  return (
    <Specimen name="Card / Table isStacked / Pagination">
      <Card className="overflow-hidden">
        <CardHead title={t("all")} about={t("description")}>
          <Button size="sm">{t("edit")}</Button>
        </CardHead>
        <Table isStacked>
          <thead>
            <tr>
              <Th>{t("siji")}</Th>
              <Th>{t("states.marked")}</Th>
              <Th className="text-right">%</Th>
              <Th />
            </tr>
          </thead>
          <tbody>
            {["王思远", "赵一鸣", "林可馨"].map((name, at) => (
              <Tr key={name}>
                <Td isLead>
                  <span className="font-medium">{name}</span>
                  <span className="block text-xs text-ink-faint">2024000{at}</span>
                </Td>
                <Td label={t("states.marked")}>
                  <Status tone="good">{t("states.marked")}</Status>
                </Td>
                <Td label="%" className="text-right tabular-nums">
                  {at * 31 + 7}
                </Td>
                <Td isMenu>
                  <IconButton icon={Ellipsis} label={t("edit")} />
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
        <Pagination page={1} pages={3} about="1 / 3" onPage={() => undefined} />
      </Card>
    </Specimen>
  );
}

function Words() {
  const t = useTranslations("common");
  return (
    <Specimen name="Note / Banner / EmptyState / ErrorState / Skeleton">
      {(["plain", "info", "good", "warn", "bad"] as const).map((tone) => (
        <Note key={tone} tone={tone}>
          {t("pageFailedAbout")}
        </Note>
      ))}
      {(["info", "good", "warn", "bad"] as const).map((tone) => (
        <Banner key={tone} tone={tone} action={<Button size="sm">{t("retry")}</Button>}>
          {t("pageFailedAbout")}
        </Banner>
      ))}
      <div className="grid gap-4 sm:grid-cols-2">
        <Card>
          <EmptyState icon={BookOpen} title={t("notFound")} about={t("notFoundAbout")}>
            <Button>{t("home")}</Button>
          </EmptyState>
        </Card>
        <Card>
          <ErrorState error={new Error("style")} onRetry={() => undefined} />
        </Card>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Skeleton className="h-24" />
        <SkeletonRows rows={2} />
      </div>
    </Specimen>
  );
}
