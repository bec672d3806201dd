"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Confirm } from "@/components/ui/confirm";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useRereadCourse, type Course } from "@/features/courses/use-course";
import { useRouter } from "@/i18n/navigation";
import { api, take } from "@/lib/api";
import { useUser } from "@/lib/store";
import { toast } from "@/lib/toast";

interface Props {
  course: Course;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Gives the course to another teacher. Who gave it away leaves its page, which is not theirs any more. */
export function HandOver({ course, open, onOpenChange }: Props) {
  const t = useTranslations("courses");
  const isAdmin = useUser().role === "admin";
  const router = useRouter();
  const reread = useRereadCourse();
  const common = useTranslations("common");
  const [username, setUsername] = useState("");
  const [isMissing, setMissing] = useState(false);
  const fill = (value: string) => {
    setUsername(value);
    setMissing(false);
  };
  const change = (next: boolean) => {
    fill("");
    onOpenChange(next);
  };
  const isComplete = () => {
    setMissing(username.trim() === "");
    return username.trim() !== "";
  };
  const give = async () => {
    const params = { path: { course_id: course.id } };
    const teacher = await take(api.PUT("/api/v1/courses/{course_id}/teacher", { params, body: { username } }));
    toast.success(t("handedOver", { name: teacher.name }));
    if (!isAdmin) router.replace("/courses");
    else await reread();
  };
  return (
    <Confirm
      open={open}
      onOpenChange={change}
      title={t("handOver")}
      about={t(isAdmin ? "handOverAbout" : "handOverLosing")}
      action={t("handOver")}
      isDanger
      isComplete={isComplete}
      onConfirm={give}
    >
      <Field label={t("newTeacher")} error={isMissing ? common("required") : undefined}>
        {(control) => (
          <Input
            {...control}
            value={username}
            onChange={(event) => fill(event.target.value)}
            maxLength={150}
            autoComplete="off"
            autoFocus
          />
        )}
      </Field>
    </Confirm>
  );
}
