"use client";

import { Pencil, Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Schema } from "@/client/types";
import { Badge, Status } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Loaded } from "@/components/ui/loaded";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { RuleForm } from "@/features/alerts/rule-form";
import { RuleTest } from "@/features/alerts/rule-test";
import { useFigure } from "@/features/alerts/use-figure";
import { $api } from "@/lib/api";
import { useWords } from "@/lib/words";

type Rule = Schema<"RuleOut">;

export function Rules() {
  const t = useTranslations("alerts");
  const rules = $api.useQuery("get", "/api/v1/alert-rules");
  return (
    <Card className="overflow-hidden">
      <Loaded query={rules} skeleton={<SkeletonRows rows={10} className="mx-4 my-1 h-12" />}>
        {(rows) => (
          <Table isStacked>
            <thead>
              <tr>
                <Th>{t("rule")}</Th>
                <Th>{t("limits")}</Th>
                <Th>{t("hold")}</Th>
                <Th>{t("minimum")}</Th>
                <Th>{t("state")}</Th>
                <Th />
              </tr>
            </thead>
            <tbody>
              {rows.map((rule) => (
                <Row key={rule.name} rule={rule} />
              ))}
            </tbody>
          </Table>
        )}
      </Loaded>
    </Card>
  );
}

function Row({ rule }: { rule: Rule }) {
  const t = useTranslations("alerts");
  const words = useWords();
  const figure = useFigure();
  const [asking, setAsking] = useState<"edit" | "test" | null>(null);
  const close = () => setAsking(null);
  const title = words(rule.title);
  return (
    <Tr>
      <Td isLead className="font-medium">
        {title} {rule.is_changed && <Badge>{t("changed")}</Badge>}
      </Td>
      <Td label={t("limits")} className="tabular-nums">
        {rule.limits
          .map(
            ({ level, limit }) => `${t(`levels.${level}`)} ${rule.is_low_bad ? "<" : "≥"} ${figure(limit, rule.unit)}`,
          )
          .join(" · ")}
      </Td>
      <Td label={t("hold")} className="tabular-nums">
        {figure(rule.hold, "seconds")}
      </Td>
      <Td label={t("minimum")} className="tabular-nums">
        {rule.minimum}
      </Td>
      <Td label={t("state")}>
        <Status tone={rule.is_on ? "good" : "plain"}>{t(rule.is_on ? "on" : "off")}</Status>
      </Td>
      <Td isMenu>
        <div className="flex gap-1">
          <IconButton icon={Send} label={t("testRule", { title })} onClick={() => setAsking("test")} />
          <IconButton icon={Pencil} label={t("editRule", { title })} onClick={() => setAsking("edit")} />
        </div>
        <Dialog open={asking === "edit"} onOpenChange={close} title={title} about={t("ruleAbout")}>
          <RuleForm rule={rule} onDone={close} />
        </Dialog>
        <Dialog open={asking === "test"} onOpenChange={close} title={t("testRule", { title })} about={t("testAbout")}>
          <RuleTest rule={rule} onDone={close} />
        </Dialog>
      </Td>
    </Tr>
  );
}
