"use client";

import { Skeleton } from "@/components/ui/skeleton";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "@/lib/toast";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { Confirm } from "@/components/ui/confirm";
import { Check } from "@/components/ui/field";
import { PageHead } from "@/components/ui/page-head";
import { NoticePreferences } from "@/features/accounts/notice-preferences";
import { api } from "@/lib/api";
import { useAppStore, useUser } from "@/lib/store";

const PasswordForm = dynamic(() => import("@/features/accounts/password-form").then((it) => it.PasswordForm), {
  loading: () => <Skeleton className="h-83" />,
});

export function AccountPage() {
  const t = useTranslations("accounts");
  const shell = useTranslations("shell");
  return (
    <>
      <PageHead title={shell("account")} />
      <div className="grid items-start gap-5 md:grid-cols-2">
        <div className="grid gap-5">
          <Profile />
          <NoticePreferences />
        </div>
        <div className="grid gap-5">
          <Card>
            <CardHead title={t("changePassword")} />
            <div className="px-5 pb-5">
              <PasswordForm onChanged={() => toast.success(t("passwordChanged"))} />
            </div>
          </Card>
          <Devices />
          <ThisDevice />
        </div>
      </div>
    </>
  );
}

export function AccountWaiting() {
  const shell = useTranslations("shell");
  return (
    <>
      <PageHead title={shell("account")} />
      <div className="grid items-start gap-5 md:grid-cols-2">
        <Skeleton className="h-56" />
        <Skeleton className="h-104" />
      </div>
    </>
  );
}

function Profile() {
  const t = useTranslations("accounts");
  const shell = useTranslations("shell");
  const user = useUser();
  const facts = [
    [t("name"), user.name],
    [t("username"), user.username],
    [t("role"), shell(`roles.${user.role}`)],
    [t("studentNumber"), user.student_number],
    [t("administrativeClass"), user.administrative_class],
  ].filter(([, value]) => value);
  return (
    <Card>
      <CardHead title={t("profile")} />
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2.5 px-5 pb-5 text-sm">
        {facts.map(([name, value]) => (
          <div key={name} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-ink-faint">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Devices() {
  const t = useTranslations("accounts");
  const [isAsking, setAsking] = useState(false);
  const signOutEverywhere = async () => {
    await api.DELETE("/api/v1/me/sessions");
    useAppStore.getState().signedOut();
  };
  return (
    <Card>
      <CardHead title={t("devices")} />
      <div className="grid justify-items-start gap-4 px-5 pb-5 text-sm text-ink-soft">
        <p>{t("devicesAbout")}</p>
        <Button onClick={() => setAsking(true)}>{t("signOutEverywhere")}</Button>
      </div>
      <Confirm
        open={isAsking}
        onOpenChange={setAsking}
        title={t("signOutEverywhere")}
        about={t("signOutEverywhereConfirm")}
        action={t("signOutEverywhere")}
        isDanger
        onConfirm={signOutEverywhere}
      />
    </Card>
  );
}

/** What is kept in this browser and nowhere else. */
function ThisDevice() {
  const t = useTranslations("accounts");
  const notifications = useAppStore((state) => state.preferences.notifications);
  const prefer = useAppStore((state) => state.prefer);
  return (
    <Card>
      <CardHead title={t("thisDevice")} />
      <div className="px-5 pb-5">
        <Check
          label={t("notifications")}
          hint={t("notificationsHint")}
          checked={notifications}
          onChange={(event) => prefer({ notifications: event.target.checked })}
        />
      </div>
    </Card>
  );
}
