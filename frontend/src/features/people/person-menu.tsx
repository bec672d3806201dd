"use client";

import { Skeleton } from "@/components/ui/skeleton";
import dynamic from "next/dynamic";
import { Download, Ellipsis, Eraser, KeyRound, LogOut, Pencil, ShieldCheck, UserCheck, UserX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "@/lib/toast";
import { useDownload } from "@/components/files/use-download";
import type { Schema } from "@/client/types";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Dialog } from "@/components/ui/dialog";
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu";
import { OncePassword } from "@/components/ui/once-password";
import { useRereadPeople } from "@/features/people/use-people";
import { api, take } from "@/lib/api";
import { asProblem } from "@/lib/problem";
import { useWords } from "@/lib/words";

const ErasePerson = dynamic(() => import("@/features/people/erase-person").then((it) => it.ErasePerson));
const GuardianConsent = dynamic(() => import("@/features/people/guardian-consent").then((it) => it.GuardianConsent));
const PersonForm = dynamic(() => import("@/features/people/person-form").then((it) => it.PersonForm), {
  loading: () => <Skeleton className="h-96" />,
});

type Asking = "edit" | "deactivate" | "reset" | "sessions" | "erase" | "consent" | null;

interface Props {
  person: Schema<"PersonOut">;
  isMe: boolean;
}

export function PersonMenu({ person, isMe }: Props) {
  const t = useTranslations("people");
  const words = useWords();
  const reread = useRereadPeople();
  const [asking, setAsking] = useState<Asking>(null);
  const [given, setGiven] = useState<Schema<"InitialPassword"> | null>(null);
  const { save } = useDownload();
  const close = () => setAsking(null);
  const { name } = person;
  const params = { path: { user_id: person.id } };

  const change = async (body: Schema<"PersonChange">) => {
    await api.PATCH("/api/v1/users/{user_id}", { params, body });
    await reread();
  };
  const activate = () =>
    change({ is_active: true }).then(
      () => void toast.success(t("activated", { name })),
      (error: unknown) => void toast.error(words(asProblem(error).words)),
    );
  const reset = async () => {
    setGiven((await take(api.POST("/api/v1/users/{user_id}/password-resets", { params }))) ?? null);
    await reread();
  };
  const endSessions = async () => {
    await api.DELETE("/api/v1/users/{user_id}/sessions", { params });
    toast.success(t("sessionsEnded", { name }));
  };
  const exportData = () =>
    save(() => api.POST("/api/v1/users/{user_id}/exports", { params, parseAs: "blob" }), `siji-${person.username}.zip`);

  return (
    <>
      <Menu
        trigger={
          <Button size="icon" look="quiet" aria-label={t("more", { name })}>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem onSelect={() => setAsking("edit")}>
          <Pencil aria-hidden />
          {t("edit")}
        </MenuItem>
        <MenuItem onSelect={() => setAsking("reset")}>
          <KeyRound aria-hidden />
          {t("resetPassword")}
        </MenuItem>
        <MenuItem onSelect={() => setAsking("sessions")}>
          <LogOut aria-hidden />
          {t("endSessions")}
        </MenuItem>
        {person.is_minor && (
          <MenuItem onSelect={() => setAsking("consent")}>
            <ShieldCheck aria-hidden />
            {t("consent")}
          </MenuItem>
        )}
        <MenuItem onSelect={() => void exportData()}>
          <Download aria-hidden />
          {t("export")}
        </MenuItem>
        <MenuLine />
        {person.is_active ? (
          <MenuItem isDanger disabled={isMe} onSelect={() => setAsking("deactivate")}>
            <UserX aria-hidden />
            {t("deactivate")}
          </MenuItem>
        ) : (
          <MenuItem onSelect={() => void activate()}>
            <UserCheck aria-hidden />
            {t("activate")}
          </MenuItem>
        )}
        {person.role === "student" && (
          <MenuItem isDanger onSelect={() => setAsking("erase")}>
            <Eraser aria-hidden />
            {t("erase")}
          </MenuItem>
        )}
      </Menu>
      <Dialog open={asking === "edit"} onOpenChange={close} title={t("edit")} className="sm:max-w-xl">
        <PersonForm
          person={person}
          isNew={false}
          onCancel={close}
          onSave={({ username: _, ...fields }) => change(fields).then(close)}
        />
      </Dialog>
      {asking === "consent" && <GuardianConsent person={person} onClose={close} />}
      {asking === "erase" && <ErasePerson person={person} onClose={close} />}
      <Confirm
        open={asking === "deactivate"}
        onOpenChange={close}
        title={t("deactivate")}
        about={t("deactivateAbout", { name })}
        action={t("deactivate")}
        isDanger
        onConfirm={() => change({ is_active: false }).then(() => toast.success(t("deactivated", { name })))}
      />
      <Confirm
        open={asking === "reset"}
        onOpenChange={close}
        title={t("resetPassword")}
        about={t("resetAbout", { name })}
        action={t("resetPassword")}
        isDanger
        onConfirm={reset}
      />
      <Confirm
        open={asking === "sessions"}
        onOpenChange={close}
        title={t("endSessions")}
        about={t("endSessionsAbout", { name })}
        action={t("endSessions")}
        isDanger
        onConfirm={endSessions}
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
