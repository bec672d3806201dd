"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Check, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ProblemNote } from "@/components/ui/states";
import { useReleaseRule, type Calibration } from "@/features/calibration/use-calibration";
import { useTimes } from "@/lib/time";
import { toast } from "@/lib/toast";

/** From which agreement on a model's marks count without review. Off until a teacher turns it on. */
export function RuleForm({ calibration }: { calibration: Calibration }) {
  const t = useTranslations("calibration");
  const times = useTimes();
  const { rule, slot } = calibration;
  const [isOn, setOn] = useState(rule?.is_on ?? false);
  const [within, setWithin] = useState(String(rule?.least_within_one ?? 80));
  const [kappa, setKappa] = useState(String(rule?.least_kappa ?? 0.7));
  const [bias, setBias] = useState(String(rule?.most_bias ?? 0.5));
  const saving = useReleaseRule(calibration);
  const save = (event: React.FormEvent) => {
    event.preventDefault();
    const bar = { least_within_one: Number(within), least_kappa: Number(kappa), most_bias: Number(bias) };
    saving.mutate({ slot, is_on: isOn, assignment: null, ...bar }, { onSuccess: () => toast.success(t("ruleSaved")) });
  };
  return (
    <Card className="p-5 sm:p-8">
      <form onSubmit={save} className="grid gap-4">
        <div className="grid gap-1">
          <h2 className="font-title text-lg font-semibold">{t("rule")}</h2>
          <p className="max-w-[68ch] text-sm text-ink-soft">{t("ruleAbout", { least: calibration.least })}</p>
        </div>
        <Check
          label={t("ruleOn")}
          hint={t("ruleOnHint")}
          checked={isOn}
          onChange={(event) => setOn(event.target.checked)}
        />
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label={t("leastWithin")}>
            {(control) => (
              <Input
                {...control}
                type="number"
                min={50}
                max={100}
                required
                value={within}
                onChange={(event) => setWithin(event.target.value)}
              />
            )}
          </Field>
          <Field label={t("leastKappa")}>
            {(control) => (
              <Input
                {...control}
                type="number"
                min={0}
                max={1}
                step={0.05}
                required
                value={kappa}
                onChange={(event) => setKappa(event.target.value)}
              />
            )}
          </Field>
          <Field label={t("mostBias")}>
            {(control) => (
              <Input
                {...control}
                type="number"
                min={0.1}
                max={3}
                step={0.1}
                required
                value={bias}
                onChange={(event) => setBias(event.target.value)}
              />
            )}
          </Field>
        </div>
        <ProblemNote error={saving.error} />
        <div className="flex flex-wrap items-center gap-4">
          <Button type="submit" isBusy={saving.isPending}>
            {t("saveRule")}
          </Button>
          {rule && (
            <p className="text-sm text-ink-faint">{t("ruleBy", { by: rule.by, time: times.moment(rule.at) })}</p>
          )}
        </div>
      </form>
    </Card>
  );
}
