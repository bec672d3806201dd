"use client";

import { ArrowRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { StartAssignment } from "@/components/attempts/start-assignment";
import { Button } from "@/components/ui/button";
import type { NextStep, Work } from "@/features/home/next-step";
import { Link } from "@/i18n/navigation";
import { useTimes } from "@/lib/time";
import { useWords } from "@/lib/words";

export function NextStepCard({ step }: { step: NextStep }) {
  if (step.kind === "continue") return <Continue attempt={step.attempt} />;
  if (step.kind === "work") return <Due work={step.work} />;
  return <Practise />;
}

function Continue({ attempt }: Pick<NextStep & { kind: "continue" }, "attempt">) {
  const t = useTranslations("home");
  const attempts = useTranslations("attempts");
  const words = useWords();
  return (
    <Frame
      eyebrow={attempt.mode === "exam" ? t("examRunning") : t("practiceOpen")}
      title={attempt.assignment_title || words(attempt.paper_title)}
      about={attempt.mode === "exam" ? t("examRunningAbout") : t("practiceOpenAbout")}
    >
      <Button asChild look="primary" size="lg">
        <Link href={`/attempt/${attempt.id}`}>
          {attempts("continue")}
          <ArrowRight aria-hidden />
        </Link>
      </Button>
    </Frame>
  );
}

function Due({ work }: { work: Work }) {
  const t = useTranslations("home");
  const times = useTimes();
  const about = work.closes_at ? t("dueBy", { time: times.moment(work.closes_at) }) : t("dueAnyTime");
  return (
    <Frame
      eyebrow={`${t("dueEyebrow")} · ${work.course_name}`}
      title={work.title}
      about={work.next === "start_late" ? t("lateAbout") : about}
    >
      <StartAssignment assignment={{ ...work, my_status: statusOf[work.state] }} size="lg" />
    </Frame>
  );
}

const statusOf = {
  not_started: "not_started",
  in_progress: "in_progress",
  closed: "completed",
  missed: "not_started",
} as const satisfies Record<Work["state"], string>;

function Practise() {
  const t = useTranslations("home");
  return (
    <Frame eyebrow={t("nothingDue")} title={t("practise")} about={t("practiseAbout")}>
      <Button asChild look="primary" size="lg">
        <Link href="/papers">
          {t("choosePaper")}
          <ArrowRight aria-hidden />
        </Link>
      </Button>
    </Frame>
  );
}

interface FrameProps {
  eyebrow: string;
  title: string;
  about: string;
  children: ReactNode;
}

function Frame({ eyebrow, title, about, children }: FrameProps) {
  return (
    <section className="flex flex-col gap-6 rounded-card border border-t-3 border-line border-t-accent bg-surface p-5 shadow-sheet sm:min-h-42 sm:flex-row sm:items-center sm:justify-between sm:gap-10 sm:p-8">
      <div className="grid min-w-0 gap-1.5">
        <p className="text-sm font-medium text-accent">{eyebrow}</p>
        <h2 className="font-title text-2xl font-semibold sm:text-3xl">{title}</h2>
        <p className="text-ink-soft">{about}</p>
      </div>
      <div className="grid shrink-0 sm:min-w-44">{children}</div>
    </section>
  );
}
