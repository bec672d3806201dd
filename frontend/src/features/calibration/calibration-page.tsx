"use client";

import { useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Loaded } from "@/components/ui/loaded";
import { PageHead } from "@/components/ui/page-head";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { ProblemNote } from "@/components/ui/states";
import { Agreements } from "@/features/calibration/agreements";
import { BlindMarking } from "@/features/calibration/blind-marking";
import { RuleForm } from "@/features/calibration/rule-form";
import { useCalibration, useDraw, type Calibration, type Slot } from "@/features/calibration/use-calibration";
import { usePathId } from "@/lib/path";

/** Whether a course's teacher may trust the engines: blind marks, how far they agree, and the bar for a release. */
export function CalibrationPage() {
  const id = usePathId();
  return id === null ? <CalibrationWaiting /> : <CalibrationOf course={Number(id)} />;
}

function CalibrationOf({ course }: { course: number }) {
  const t = useTranslations("calibration");
  const slot: Slot = useSearchParams().get("slot") === "T" ? "T" : "W";
  const query = useCalibration(course, slot);
  const choose = (next: Slot) => window.history.replaceState(null, "", `?slot=${next}`);
  return (
    <Loaded query={query} isPage skeleton={<CalibrationWaiting />}>
      {(found) => (
        <>
          <PageHead
            title={t("title")}
            about={t("about")}
            back={{ href: `/courses/${course}?tab=results`, label: found.course_name }}
          >
            <Segmented
              label={t("slot")}
              value={slot}
              onChange={choose}
              options={(["W", "T"] as const).map((value) => ({ value, label: t(`slots.${value}`) }))}
            />
          </PageHead>
          <Steps key={slot} calibration={found} />
        </>
      )}
    </Loaded>
  );
}

function Steps({ calibration }: { calibration: Calibration }) {
  return (
    <div className="grid gap-5">
      {calibration.scripts.length === 0 ? (
        <Beginning calibration={calibration} />
      ) : (
        <>
          <BlindMarking calibration={calibration} />
          <Agreements calibration={calibration} />
        </>
      )}
      <RuleForm key={calibration.rule?.at} calibration={calibration} />
    </div>
  );
}

function Beginning({ calibration }: { calibration: Calibration }) {
  const t = useTranslations("calibration");
  const draw = useDraw(calibration);
  const { least, most } = calibration;
  return (
    <Card className="grid justify-items-start gap-4 p-5 sm:p-8">
      <h2 className="font-title text-lg font-semibold">{t("begin")}</h2>
      <p className="max-w-[60ch] text-ink-soft">{t("beginAbout", { least, most })}</p>
      <ProblemNote error={draw.error} />
      <Button look="primary" onClick={() => draw.mutate()} isBusy={draw.isPending}>
        {t("draw")}
      </Button>
    </Card>
  );
}

export function CalibrationWaiting() {
  return (
    <div aria-busy className="grid gap-5">
      <Skeleton className="h-16" />
      <Skeleton className="h-[60vh]" />
    </div>
  );
}
