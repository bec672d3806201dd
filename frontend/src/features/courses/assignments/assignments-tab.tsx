"use client";

import dynamic from "next/dynamic";
import { ClipboardList, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "@/lib/toast";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Dialog } from "@/components/ui/dialog";
import { Loaded } from "@/components/ui/loaded";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { AssignmentRow } from "@/features/courses/assignments/assignment-row";
import { bodyOf, changeOf } from "@/features/courses/assignments/body";
import type { AssignmentFields } from "@/features/courses/assignments/shape";
import { useRereadCourse, type Course } from "@/features/courses/use-course";
import { $api, api } from "@/lib/api";

const AssignmentForm = dynamic(
  () => import("@/features/courses/assignments/assignment-form").then((it) => it.AssignmentForm),
  {
    loading: () => <Skeleton className="h-96" />,
  },
);

type Assignment = Course["assignments"][number];

export function AssignmentsTab({ course }: { course: Course }) {
  const t = useTranslations("assignments");
  const courses = useTranslations("courses");
  const [editing, setEditing] = useState<Assignment | "new" | null>(null);
  const figures = useFigures(course.id);
  return (
    <div className="grid gap-4">
      <Button look="primary" className="justify-self-start" onClick={() => setEditing("new")}>
        <Plus aria-hidden />
        {t("create")}
      </Button>
      <Card>
        {course.assignments.length > 0 ? (
          <ul className="divide-y divide-line">
            {course.assignments.map((assignment) => (
              <AssignmentRow
                key={assignment.id}
                assignment={assignment}
                figures={figures?.find((it) => it.id === assignment.id) ?? null}
                students={course.student_count}
                onEdit={() => setEditing(assignment)}
              />
            ))}
          </ul>
        ) : (
          <EmptyState icon={ClipboardList} title={courses("noAssignments")} about={courses("noAssignmentsTeacher")} />
        )}
      </Card>
      <EditDialog course={course} editing={editing} onClose={() => setEditing(null)} />
    </div>
  );
}

/** The figures of the results without their students; a row stands without them while they come, or where they do not. */
function useFigures(course_id: number) {
  const params = { path: { course_id }, query: { limit: 1 } };
  return $api.useQuery("get", "/api/v1/courses/{course_id}/results", { params }).data?.assignments;
}

interface DialogProps {
  course: Course;
  editing: Assignment | "new" | null;
  onClose: () => void;
}

function EditDialog({ course, editing, onClose }: DialogProps) {
  const t = useTranslations("assignments");
  const common = useTranslations("common");
  const reread = useRereadCourse();
  const papers = $api.useQuery("get", "/api/v1/papers", {}, { enabled: editing !== null });
  const before = editing === "new" ? null : editing;
  const save = async (fields: AssignmentFields) => {
    if (before) {
      const params = { path: { assignment_id: before.id } };
      await api.PATCH("/api/v1/assignments/{assignment_id}", { params, body: changeOf(fields, before) });
    } else {
      const params = { path: { course_id: course.id } };
      await api.POST("/api/v1/courses/{course_id}/assignments", { params, body: bodyOf(fields) });
    }
    await reread();
    toast.success(before ? common("saved") : t("created"));
    onClose();
  };
  return (
    <Dialog
      open={editing !== null}
      onOpenChange={onClose}
      title={before ? t("edit") : t("create")}
      className="sm:max-w-2xl"
    >
      <Loaded query={papers} skeleton={<Skeleton className="h-96" />}>
        {({ items }) => <AssignmentForm papers={items} assignment={before} onSave={save} onCancel={onClose} />}
      </Loaded>
    </Dialog>
  );
}
