"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { Badge, Status } from "@/components/ui/badge";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { PersonMenu } from "@/features/people/person-menu";
import { useUser } from "@/lib/store";
import { useTimes } from "@/lib/time";

export function PeopleTable({ rows }: { rows: Schema<"PersonOut">[] }) {
  const t = useTranslations("people");
  const shell = useTranslations("shell");
  const times = useTimes();
  const me = useUser();
  return (
    <Table isStacked>
      <thead>
        <tr>
          <Th>{t("column.name")}</Th>
          <Th>{t("column.username")}</Th>
          <Th>{t("column.role")}</Th>
          <Th className="sm:max-md:hidden">{t("column.class")}</Th>
          <Th>{t("column.state")}</Th>
          <Th className="max-lg:hidden">{t("column.created")}</Th>
          <Th />
        </tr>
      </thead>
      <tbody>
        {rows.map((person) => (
          <Tr key={person.id}>
            <Td isLead>
              <span className="font-medium">{person.name}</span>
              {person.id === me.id && <span className="ml-2 text-xs text-ink-faint">{t("you")}</span>}
            </Td>
            <Td label={t("column.username")}>{person.username}</Td>
            <Td label={t("column.role")}>
              <Badge tone={person.role === "student" ? "plain" : "accent"}>{shell(`roles.${person.role}`)}</Badge>
            </Td>
            <Td label={t("column.class")} className="text-ink-soft sm:max-md:hidden">
              {[person.administrative_class, person.student_number].filter(Boolean).join(" · ")}
            </Td>
            <Td label={t("column.state")}>
              <State person={person} />
              {person.is_minor && <Minor person={person} />}
            </Td>
            <Td className="whitespace-nowrap text-ink-faint max-lg:hidden!">{times.day(person.created_at)}</Td>
            <Td isMenu>
              <PersonMenu person={person} isMe={person.id === me.id} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Minor({ person }: { person: Schema<"PersonOut"> }) {
  const t = useTranslations("people");
  return (
    <span className="mt-0.5 block text-xs text-ink-faint">
      {t(person.guardian_consent ? "minorWithConsent" : "minorWithoutConsent")}
    </span>
  );
}

function State({ person }: { person: Schema<"PersonOut"> }) {
  const t = useTranslations("people");
  if (!person.is_active) return <Status tone="bad">{t("inactive")}</Status>;
  if (person.must_change_password) return <Status tone="warn">{t("mustChange")}</Status>;
  return <Status tone="good">{t("active")}</Status>;
}
