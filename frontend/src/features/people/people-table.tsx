"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { Badge } from "@/components/ui/badge";
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
    <Table>
      <thead>
        <tr>
          <Th>{t("column.name")}</Th>
          <Th className="max-sm:hidden">{t("column.username")}</Th>
          <Th>{t("column.role")}</Th>
          <Th className="max-md:hidden">{t("column.class")}</Th>
          <Th className="max-sm:hidden">{t("column.state")}</Th>
          <Th className="max-lg:hidden">{t("column.created")}</Th>
          <Th />
        </tr>
      </thead>
      <tbody>
        {rows.map((person) => (
          <Tr key={person.id}>
            <Td>
              <span className="font-medium">{person.name}</span>
              {person.id === me.id && <span className="ml-2 text-xs text-ink-faint">{t("you")}</span>}
              <span className="block text-xs text-ink-faint sm:hidden">{person.username}</span>
            </Td>
            <Td className="max-sm:hidden">{person.username}</Td>
            <Td>
              <Badge tone={person.role === "student" ? "plain" : "accent"}>{shell(`roles.${person.role}`)}</Badge>
            </Td>
            <Td className="text-ink-soft max-md:hidden">
              {[person.administrative_class, person.student_number].filter(Boolean).join(" · ")}
            </Td>
            <Td className="max-sm:hidden">
              <State person={person} />
            </Td>
            <Td className="whitespace-nowrap text-ink-faint max-lg:hidden">{times.day(person.created_at)}</Td>
            <Td className="w-px py-1 text-right">
              <PersonMenu person={person} isMe={person.id === me.id} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function State({ person }: { person: Schema<"PersonOut"> }) {
  const t = useTranslations("people");
  if (!person.is_active) return <Badge tone="bad">{t("inactive")}</Badge>;
  if (person.must_change_password) return <Badge tone="warn">{t("mustChange")}</Badge>;
  return <Badge tone="good">{t("active")}</Badge>;
}
