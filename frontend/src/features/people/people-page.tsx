"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Card } from "@/components/ui/card";
import { Loaded } from "@/components/ui/loaded";
import { MoreButton } from "@/components/ui/more-button";
import { PageHead } from "@/components/ui/page-head";
import { SearchBox } from "@/components/ui/search-box";
import { Select } from "@/components/ui/select";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { CreatePerson } from "@/features/people/create-person";
import { PeopleTable } from "@/features/people/people-table";
import { $api } from "@/lib/api";
import type { Me } from "@/lib/store";

type Role = Me["role"] | "all";

export const roles: readonly Me["role"][] = ["student", "teacher", "admin"];

export function PeoplePage() {
  const t = useTranslations("people");
  const shell = useTranslations("shell");
  const [q, setQ] = useState("");
  const [role, setRole] = useState<Role>("all");
  const people = $api.useInfiniteQuery(
    "get",
    "/api/v1/users",
    { params: { query: { q, role: role === "all" ? "" : role, limit: 25 } } },
    {
      pageParamName: "after",
      initialPageParam: null,
      getNextPageParam: (page) => page.next,
      placeholderData: keepPreviousData,
    },
  );
  const options: { value: Role; label: string }[] = [
    { value: "all", label: t("allRoles") },
    ...roles.map((value) => ({ value, label: shell(`roles.${value}`) })),
  ];
  return (
    <>
      <PageHead title={t("title")}>
        <CreatePerson />
      </PageHead>
      <div className="mb-4 flex flex-wrap gap-3">
        <SearchBox label={t("search")} onSearch={setQ} className="min-w-0 flex-1 basis-56 sm:max-w-sm" />
        <Select label={t("role")} value={role} onChange={setRole} options={options} className="w-36" />
      </div>
      <Card className="overflow-hidden">
        <Loaded query={people} skeleton={<SkeletonRows rows={8} className="mx-4 my-1 h-12" />}>
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.items);
            return rows.length > 0 ? <PeopleTable rows={rows} /> : <EmptyState icon={Users} title={t("none")} />;
          }}
        </Loaded>
        <MoreButton query={people} />
      </Card>
    </>
  );
}

export function PeopleWaiting() {
  const t = useTranslations("people");
  return (
    <>
      <PageHead title={t("title")}>
        <Skeleton className="h-10 w-28" />
      </PageHead>
      <Skeleton className="mb-4 h-10 max-w-md" />
      <Skeleton className="h-120" />
    </>
  );
}
