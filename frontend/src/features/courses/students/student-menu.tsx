"use client";

import { Ellipsis, KeyRound, UserMinus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "@/lib/toast";
import type { Schema } from "@/client/types";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Menu, MenuItem } from "@/components/ui/menu";
import { OncePassword } from "@/components/ui/once-password";
import { useRereadCourse } from "@/features/courses/use-course";
import { api, take } from "@/lib/api";
import { asProblem } from "@/lib/problem";
import { useWords } from "@/lib/words";

interface Props {
  course_id: number;
  student: Schema<"StudentRow">;
}

export function StudentMenu({ course_id, student }: Props) {
  const t = useTranslations("students");
  const [isResetting, setResetting] = useState(false);
  const [given, setGiven] = useState<Schema<"InitialPassword"> | null>(null);
  const remove = useRemoval({ course_id, student });
  const { name } = student;
  const params = { path: { course_id, user_id: student.id } };
  const reset = async () => {
    const path = "/api/v1/courses/{course_id}/students/{user_id}/password-resets";
    setGiven((await take(api.POST(path, { params }))) ?? null);
  };
  return (
    <>
      <Menu
        trigger={
          <Button size="icon" look="quiet" aria-label={t("more", { name })}>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem onSelect={() => setResetting(true)}>
          <KeyRound aria-hidden />
          {t("resetPassword")}
        </MenuItem>
        <MenuItem isDanger onSelect={() => void remove()}>
          <UserMinus aria-hidden />
          {t("remove")}
        </MenuItem>
      </Menu>
      <Confirm
        open={isResetting}
        onOpenChange={setResetting}
        title={t("resetPassword")}
        about={t("resetAbout", { name })}
        action={t("resetPassword")}
        isDanger
        onConfirm={reset}
      />
      <OncePassword
        title={t("resetDone")}
        about={t("resetDoneAbout", { name })}
        label={t("initialPassword")}
        done={t("done")}
        given={given}
        onClose={() => setGiven(null)}
      />
    </>
  );
}

const UNDO_MS = 12_000;

/** Removal can be undone and loses nothing, so it does not ask first. */
function useRemoval({ course_id, student }: Props): () => Promise<void> {
  const t = useTranslations("students");
  const common = useTranslations("common");
  const words = useWords();
  const reread = useRereadCourse();
  const path = "/api/v1/courses/{course_id}/students/{user_id}";
  const params = { path: { course_id, user_id: student.id } };
  const { name } = student;
  const tell = (error: unknown) => void toast.error(words(asProblem(error).words));
  const restore = () =>
    api
      .POST(path, { params })
      .then(reread)
      .then(() => void toast.success(t("restored", { name })), tell);
  return async () => {
    try {
      await api.DELETE(path, { params });
      const action = { label: common("undo"), onClick: () => void restore() };
      toast(t("removed", { name }), { action, duration: UNDO_MS });
      await reread();
    } catch (error) {
      tell(error);
    }
  };
}
