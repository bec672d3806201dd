"use client";

import { useMutation } from "@tanstack/react-query";
import { LoaderCircle, Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Schema } from "@/client/types";
import { Button } from "@/components/ui/button";
import { DialogButtons } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/input";
import { Loaded } from "@/components/ui/loaded";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ProblemNote } from "@/components/ui/states";
import { Delivery } from "@/features/alerts/delivery";
import { $api, api, take } from "@/lib/api";
import { isFinished, useJob } from "@/lib/job";

type Sent = Schema<"RuleTestOut">;

/** Sends what the rule would say, labelled as a test, and says for each channel whether it was taken. */
export function RuleTest({ rule, onDone }: { rule: Schema<"RuleOut">; onDone: () => void }) {
  const t = useTranslations("alerts");
  const common = useTranslations("common");
  const channels = $api.useQuery("get", "/api/v1/channels");
  const [chosen, setChosen] = useState("");
  const sending = useMutation({
    mutationFn: () =>
      take(
        api.POST("/api/v1/alert-rules/{name}/tests", {
          params: { path: { name: rule.name } },
          body: { channel: chosen === "" ? null : Number(chosen) },
        }),
      ),
  });
  return (
    <div className="grid gap-4">
      <Loaded query={channels} skeleton={<SkeletonRows rows={1} className="h-12" />}>
        {(rows) => (
          <Field label={t("testOver")}>
            {(control) => (
              <NativeSelect {...control} value={chosen} onChange={(event) => setChosen(event.target.value)}>
                <option value="">{t("testUsual")}</option>
                {rows.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </NativeSelect>
            )}
          </Field>
        )}
      </Loaded>
      <ProblemNote error={sending.error} />
      <ul role="status" className="grid gap-2 empty:hidden">
        {sending.data?.map((sent) => (
          <Row key={sent.job} sent={sent} />
        ))}
      </ul>
      <DialogButtons>
        <Button onClick={onDone}>{common("close")}</Button>
        <Button look="primary" onClick={() => sending.mutate()} isBusy={sending.isPending}>
          <Send aria-hidden />
          {t("test")}
        </Button>
      </DialogButtons>
    </div>
  );
}

function Row({ sent }: { sent: Sent }) {
  const t = useTranslations("alerts");
  const { data, error } = useJob(sent.job);
  return (
    <li>
      {!error && !(data && isFinished(data)) && (
        <p className="flex items-center gap-2 text-sm text-ink-soft">
          <LoaderCircle aria-hidden className="size-4 animate-spin motion-reduce:animate-none" />
          {t("testOnItsWay", { name: sent.name })}
        </p>
      )}
      <Delivery job={data} to={sent.name} />
      <ProblemNote error={error} />
    </li>
  );
}
