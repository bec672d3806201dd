import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignedIn } from "@/components/shell/signed-in";
import { AnalysisLater } from "@/features/analysis/analysis-later";
import { CoursePage, CourseWaiting } from "@/features/courses/course-page";
import { ResultsLater } from "@/features/results/results-later";
import { RunsLater } from "@/features/runs/runs-later";
import { SyllabiLater } from "@/features/syllabi/syllabi-later";
import { FeatureMessages } from "@/i18n/feature-messages";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("courses");
  return { title: t("title") };
}

export default function Page() {
  return (
    <FeatureMessages
      of={[
        "courses",
        "assignments",
        "attempts",
        "sound",
        "students",
        "results",
        "analysis",
        "syllabi",
        "sending",
        "runs",
      ]}
    >
      <SignedIn waiting={<CourseWaiting />}>
        <CoursePage
          syllabi={<SyllabiLater />}
          runs={<RunsLater />}
          results={
            <div className="grid gap-5">
              <AnalysisLater />
              <ResultsLater />
            </div>
          }
        />
      </SignedIn>
    </FeatureMessages>
  );
}
