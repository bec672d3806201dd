"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "@/lib/toast";
import type { Schema } from "@/client/types";
import { Confirm } from "@/components/ui/confirm";
import { Check, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useRereadPeople } from "@/features/people/use-people";
import { api } from "@/lib/api";

interface Props {
  person: Schema<"PersonOut">;
  onClose: () => void;
}

/** The username has to be typed: what is erased cannot be brought back. */
export function ErasePerson({ person, onClose }: Props) {
  const t = useTranslations("people");
  const reread = useRereadPeople();
  const [typed, setTyped] = useState("");
  const [blanks, setBlanks] = useState(false);
  const [isWrong, setWrong] = useState(false);
  const { name, username } = person;
  const isComplete = () => {
    setWrong(typed !== username);
    return typed === username;
  };
  const erase = async () => {
    await api.POST("/api/v1/users/{user_id}/erasures", {
      params: { path: { user_id: person.id } },
      body: { username: typed, blank_scripts: blanks },
    });
    toast.success(t("erased", { name }));
    await reread();
  };
  return (
    <Confirm
      open
      onOpenChange={onClose}
      title={t("erase")}
      about={t("eraseAbout", { name })}
      action={t("erase")}
      isDanger
      isComplete={isComplete}
      onConfirm={erase}
    >
      <div className="mt-4 grid gap-4">
        <Field label={t("eraseTyped", { username })} error={isWrong ? t("eraseTypedBad") : undefined}>
          {(field) => (
            <Input
              {...field}
              value={typed}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              onChange={(event) => {
                setTyped(event.target.value);
                setWrong(false);
              }}
            />
          )}
        </Field>
        <Check
          label={t("eraseScripts")}
          hint={t("eraseScriptsHint")}
          checked={blanks}
          onChange={(event) => setBlanks(event.target.checked)}
        />
      </div>
    </Confirm>
  );
}
