"use client";

import { useTranslations } from "next-intl";
import { Confirm } from "@/components/ui/confirm";
import type { Syllabus } from "@/features/syllabi/course-syllabi";
import { api } from "@/lib/api";
import { toast } from "@/lib/toast";

interface Props {
  syllabus: Syllabus;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onRemoved: () => void;
}

export function RemoveSyllabus({ syllabus, open, onOpenChange, onRemoved }: Props) {
  const t = useTranslations("syllabi");
  const remove = async () => {
    await api.DELETE("/api/v1/syllabi/{syllabus_id}", { params: { path: { syllabus_id: syllabus.id } } });
    toast.success(t("removed"));
    onRemoved();
  };
  return (
    <Confirm
      open={open}
      onOpenChange={onOpenChange}
      title={t("removeTitle", { title: syllabus.title })}
      about={t("removeAbout")}
      action={t("removeAction")}
      isDanger
      onConfirm={remove}
    />
  );
}
