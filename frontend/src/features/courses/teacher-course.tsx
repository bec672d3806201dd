"use client";

import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { PageHead } from "@/components/ui/page-head";
import { Secret } from "@/components/ui/secret";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import { AssignmentsTab } from "@/features/courses/assignments/assignments-tab";
import { CourseActions } from "@/features/courses/course-actions";
import { toneOf } from "@/features/courses/course-table";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Course } from "@/features/courses/use-course";

const StudentsTab = dynamic(() => import("@/features/courses/students/students-tab").then((it) => it.StudentsTab), {
  loading: () => <SkeletonRows rows={8} />,
});

const tabs = ["assignments", "students", "results", "syllabi", "runs"] as const;

interface Props {
  course: Course;
  results: ReactNode;
  syllabi: ReactNode;
  runs: ReactNode;
}

export function TeacherCourse({ course, results, syllabi, runs }: Props) {
  const t = useTranslations("courses");
  const asked = useSearchParams().get("tab");
  const tab = tabs.find((name) => name === asked) ?? "assignments";
  // The tab lives in the address: a reload, a link and the back button find it again.
  const show = (name: string) => window.history.replaceState(null, "", `?tab=${name}`);
  return (
    <>
      <PageHead
        title={<Title course={course} />}
        about={<About course={course} />}
        back={{ href: "/courses", label: t("title") }}
      >
        <CourseActions course={course} />
      </PageHead>
      <Tabs value={tab} onValueChange={show}>
        <TabList>
          {tabs.map((name) => (
            <Tab key={name} value={name}>
              {t(`tabs.${name}`)}
            </Tab>
          ))}
        </TabList>
        <TabPanel value="assignments">
          <AssignmentsTab course={course} />
        </TabPanel>
        <TabPanel value="students">
          <StudentsTab course={course} />
        </TabPanel>
        <TabPanel value="results">{results}</TabPanel>
        <TabPanel value="syllabi">{syllabi}</TabPanel>
        <TabPanel value="runs">{runs}</TabPanel>
      </Tabs>
    </>
  );
}

function Title({ course }: { course: Course }) {
  const t = useTranslations("courses");
  return (
    <span className="flex flex-wrap items-center gap-3">
      {course.name}
      <Badge tone={toneOf[course.status]}>{t(`statuses.${course.status}`)}</Badge>
    </span>
  );
}

function About({ course }: { course: Course }) {
  const t = useTranslations("courses");
  const counts = {
    students: course.student_count,
    assignments: course.assignment_count,
    progress: Math.round(course.avg_progress),
  };
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-1">
      <span>{t("counts", counts)}</span>
      {course.code && (
        <span className="flex items-center gap-2">
          {t("code")}
          <Secret value={course.code} label={t("code")} />
          <Badge tone={course.is_code_open ? "good" : "plain"}>
            {course.is_code_open ? t("codeOpen") : t("codeClosed")}
          </Badge>
        </span>
      )}
    </div>
  );
}
