"use client";

import { Ellipsis, KeyRound, Pencil, Play, Trash2, UserCog, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "@/lib/toast";
import type { Schema } from "@/client/types";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu";
import { ExceptionsDialog } from "@/features/courses/assignments/exceptions-dialog";
import { useRereadCourse } from "@/features/courses/use-course";
import { useRouter } from "@/i18n/navigation";
import { api } from "@/lib/api";

type Asking = "start" | "release" | "exceptions" | "delete" | null;

interface Props {
  assignment: Schema<"AssignmentOut">;
  onEdit: () => void;
}

export function AssignmentMenu({ assignment, onEdit }: Props) {
  const t = useTranslations("assignments");
  const [asking, setAsking] = useState<Asking>(null);
  const reread = useRereadCourse();
  const router = useRouter();
  const close = () => setAsking(null);
  const params = { path: { assignment_id: assignment.id } };
  const then = (work: Promise<unknown>, done: string) => work.then(reread).then(() => toast.success(done));
  const waitsForStart = assignment.start === "room" && !assignment.room_started_at;
  const mayRelease =
    assignment.mode === "exam" && assignment.key_release !== "on_submission" && !assignment.keys_released_at;

  return (
    <div className="flex gap-2">
      {waitsForStart && (
        <Button look="primary" size="sm" onClick={() => setAsking("start")}>
          <Play aria-hidden />
          {t("startRoom")}
        </Button>
      )}
      <Menu
        trigger={
          <Button size="icon" look="quiet" aria-label={t("more", { title: assignment.title })}>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem onSelect={onEdit}>
          <Pencil aria-hidden />
          {t("edit")}
        </MenuItem>
        <MenuItem onSelect={() => router.push(`/assignments/${assignment.id}`)}>
          <Users aria-hidden />
          {t("seats")}
        </MenuItem>
        <MenuItem onSelect={() => setAsking("exceptions")}>
          <UserCog aria-hidden />
          {t("exceptions")}
        </MenuItem>
        {mayRelease && (
          <MenuItem onSelect={() => setAsking("release")}>
            <KeyRound aria-hidden />
            {t("releaseKeys")}
          </MenuItem>
        )}
        <MenuLine />
        <MenuItem isDanger onSelect={() => setAsking("delete")}>
          <Trash2 aria-hidden />
          {t("delete")}
        </MenuItem>
      </Menu>
      <Confirm
        open={asking === "start"}
        onOpenChange={close}
        title={t("startRoomTitle")}
        about={t("startRoomAbout")}
        action={t("startRoom")}
        onConfirm={() =>
          then(api.POST("/api/v1/assignments/{assignment_id}/room-start", { params }), t("roomIsStarted"))
        }
      />
      <Confirm
        open={asking === "release"}
        onOpenChange={close}
        title={t("releaseKeys")}
        about={t("releaseKeysAbout")}
        action={t("releaseKeys")}
        onConfirm={() =>
          then(api.POST("/api/v1/assignments/{assignment_id}/key-release", { params }), t("keysAreReleased"))
        }
      />
      <Confirm
        open={asking === "delete"}
        onOpenChange={close}
        title={t("delete")}
        about={t("deleteAbout", { title: assignment.title })}
        action={t("delete")}
        isDanger
        onConfirm={() => then(api.DELETE("/api/v1/assignments/{assignment_id}", { params }), t("deleted"))}
      />
      <ExceptionsDialog assignment={assignment} open={asking === "exceptions"} onOpenChange={close} />
    </div>
  );
}
