"use client";

import { Skeleton } from "@/components/ui/skeleton";
import dynamic from "next/dynamic";
import { Archive, BookUser, Ellipsis, FileSpreadsheet, KeyRound, Pencil, Play, Scale } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useGradebook } from "@/components/files/use-gradebook";
import { toast } from "@/lib/toast";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Dialog } from "@/components/ui/dialog";
import { Menu, MenuItem } from "@/components/ui/menu";
import { HandOver } from "@/features/courses/hand-over";
import { useChangeCourse, type Course } from "@/features/courses/use-course";
import { useRouter } from "@/i18n/navigation";
import { asProblem } from "@/lib/problem";
import { useWords } from "@/lib/words";

const CourseForm = dynamic(() => import("@/features/courses/course-form").then((it) => it.CourseForm), {
  loading: () => <Skeleton className="h-110" />,
});

export function CourseActions({ course }: { course: Course }) {
  const t = useTranslations("courses");
  const router = useRouter();
  const common = useTranslations("common");
  const words = useWords();
  const change = useChangeCourse(course.id);
  const gradebook = useGradebook(course.id);
  const [asking, setAsking] = useState<"edit" | "archive" | "hand over" | null>(null);
  const close = () => setAsking(null);
  const changeNow = (body: Parameters<typeof change>[0], done: string) =>
    change(body).then(
      () => toast.success(done),
      (error: unknown) => toast.error(words(asProblem(error).words)),
    );
  const isOpen = course.is_code_open === true;
  const isRunning = course.status === "active";

  return (
    <>
      {!isRunning && (
        <Button look="primary" onClick={() => void changeNow({ status: "active" }, t("activated"))}>
          <Play aria-hidden />
          {course.status === "draft" ? t("activate") : t("reopen")}
        </Button>
      )}
      <Menu
        trigger={
          <Button size="icon" aria-label={t("more")}>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem onSelect={() => setAsking("edit")}>
          <Pencil aria-hidden />
          {t("edit")}
        </MenuItem>
        <MenuItem onSelect={() => router.push(`/calibration/${course.id}`)}>
          <Scale aria-hidden />
          {t("calibrate")}
        </MenuItem>
        <MenuItem onSelect={() => void changeNow({ is_code_open: !isOpen }, common("saved"))}>
          <KeyRound aria-hidden />
          {isOpen ? t("closeCode") : t("openCode")}
        </MenuItem>
        <MenuItem onSelect={() => void gradebook.save()}>
          <FileSpreadsheet aria-hidden />
          {t("gradebook")}
        </MenuItem>
        <MenuItem onSelect={() => setAsking("hand over")}>
          <BookUser aria-hidden />
          {t("handOver")}
        </MenuItem>
        {course.status !== "archived" && (
          <MenuItem isDanger onSelect={() => setAsking("archive")}>
            <Archive aria-hidden />
            {t("archive")}
          </MenuItem>
        )}
      </Menu>
      <Dialog open={asking === "edit"} onOpenChange={close} title={t("edit")}>
        <CourseForm course={course} onCancel={close} onSave={(fields) => change(fields).then(close)} />
      </Dialog>
      <HandOver course={course} open={asking === "hand over"} onOpenChange={close} />
      <Confirm
        open={asking === "archive"}
        onOpenChange={close}
        title={t("archive")}
        about={t("archiveAbout")}
        action={t("archive")}
        isDanger
        onConfirm={() => change({ status: "archived" }).then(() => toast.success(t("archived")))}
      />
    </>
  );
}
