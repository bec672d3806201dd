"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Note } from "@/components/ui/states";
import { Stat } from "@/components/ui/stat";
import type { Calibration } from "@/features/calibration/use-calibration";

/** How far each engine agrees with the teacher, with what so few scripts leave open. */
export function Agreements({ calibration }: { calibration: Calibration }) {
  const t = useTranslations("calibration");
  const { agreements, marked, scripts, least } = calibration;
  if (marked < scripts.length) return <Note tone="info">{t("hidden", { left: scripts.length - marked })}</Note>;
  if (agreements.length === 0) return <Note tone="info">{t("noEngine")}</Note>;
  return (
    <Card className="grid gap-6 p-5 sm:p-8">
      <div className="grid gap-1">
        <h2 className="font-title text-lg font-semibold">{t("agreement")}</h2>
        <p className="text-sm text-ink-faint">{t("agreementAbout")}</p>
      </div>
      {marked < least && <Note tone="warn">{t("tooFew", { marked, least })}</Note>}
      {[...agreements].reverse().map((one) => (
        <Figures key={`${one.engine}-${one.version}-${one.model}`} figures={one} />
      ))}
    </Card>
  );
}

function Figures({ figures }: { figures: Schema<"AgreementOut"> }) {
  const t = useTranslations("calibration");
  const { exact, within_one, kappa, bias, squeeze } = figures;
  const percent = (share: number) => `${Math.round(100 * share)}%`;
  const between = ({ low, high }: Schema<"IntervalOut">, digits: number) =>
    t("between", { low: low.toFixed(digits), high: high.toFixed(digits) });
  return (
    <section className="grid gap-3 border-t border-line pt-4 first-of-type:border-0 first-of-type:pt-0">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-semibold">{t(`engines.${figures.engine}`)}</span>
        <span className="text-xs break-all text-ink-faint">
          {[figures.model, figures.version].filter(Boolean).join(" · ")}
        </span>
        {figures.engine === "model" && figures.is_above !== null && (
          <Badge tone={figures.is_above ? "good" : "warn"}>{t(figures.is_above ? "above" : "below")}</Badge>
        )}
      </p>
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-5">
        <Stat label={t("exact")} value={percent(exact)} about={t("of", { count: figures.scripts })} />
        <Stat label={t("withinOne")} value={percent(within_one)} />
        <Stat label={t("kappa")} value={kappa.value.toFixed(2)} about={between(kappa, 2)} />
        <Stat
          label={t("bias")}
          value={`${bias.value > 0 ? "+" : ""}${bias.value.toFixed(1)}`}
          about={between(bias, 1)}
        />
        <Stat
          label={t("squeeze")}
          value={squeeze.toFixed(2)}
          about={squeeze < 0.85 ? t("hugs") : squeeze > 1.15 ? t("overreaches") : t("even")}
        />
      </dl>
    </section>
  );
}
