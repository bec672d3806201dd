"use client";

import { Skeleton } from "@/components/ui/skeleton";
import dynamic from "next/dynamic";
import { useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "@/lib/toast";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { CourseFields } from "@/features/courses/course-form";
import { useRouter } from "@/i18n/navigation";
import { api, take } from "@/lib/api";

const CourseForm = dynamic(() => import("@/features/courses/course-form").then((it) => it.CourseForm), {
  loading: () => <Skeleton className="h-110" />,
});

const blank: CourseFields = { name: "", description: "", category: "", level: "CET-4", status: "draft" };

export function CreateCourse() {
  const t = useTranslations("courses");
  const router = useRouter();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const create = async (body: CourseFields) => {
    const course = await take(api.POST("/api/v1/courses", { body }));
    await queries.invalidateQueries({ queryKey: ["get", "/api/v1/courses"] });
    toast.success(t("created"));
    if (course) router.push(`/courses/${course.id}`);
  };
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        {t("create")}
      </Button>
      <Dialog open={isOpen} onOpenChange={setOpen} title={t("create")} about={t("createAbout")}>
        <CourseForm course={blank} onSave={create} onCancel={() => setOpen(false)} />
      </Dialog>
    </>
  );
}
