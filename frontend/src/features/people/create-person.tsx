"use client";

import { Skeleton } from "@/components/ui/skeleton";
import dynamic from "next/dynamic";
import { UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Schema } from "@/client/types";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { OncePassword } from "@/components/ui/once-password";
import type { PersonFields } from "@/features/people/person-form";
import { useRereadPeople } from "@/features/people/use-people";
import { api, take } from "@/lib/api";

const PersonForm = dynamic(() => import("@/features/people/person-form").then((it) => it.PersonForm), {
  loading: () => <Skeleton className="h-96" />,
});

const blank: PersonFields = {
  username: "",
  name: "",
  email: "",
  role: "teacher",
  student_number: "",
  administrative_class: "",
  is_minor: false,
};

export function CreatePerson() {
  const t = useTranslations("people");
  const reread = useRereadPeople();
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<Schema<"PersonCreated"> | null>(null);
  const create = async (body: PersonFields) => {
    const created = await take(api.POST("/api/v1/users", { body }));
    setOpen(false);
    setMade(created ?? null);
    await reread();
  };
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        <UserPlus aria-hidden />
        {t("create")}
      </Button>
      <Dialog open={isOpen} onOpenChange={setOpen} title={t("create")} className="sm:max-w-xl">
        <PersonForm person={blank} isNew onSave={create} onCancel={() => setOpen(false)} />
      </Dialog>
      <OncePassword
        title={t("created")}
        about={t("createdAbout", { name: made?.person.name ?? "" })}
        label={t("initialPassword")}
        done={t("done")}
        given={made && { username: made.person.username, password: made.password }}
        onClose={() => setMade(null)}
      />
    </>
  );
}
