"use client";

import { useTranslations } from "next-intl";
import { itemKinds } from "@/components/search/hits";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { statuses, type Asked } from "@/features/search/address";

interface Props {
  now: Asked;
  isStaff: boolean;
  onChange: (change: Partial<Asked>) => void;
}

export function Filters({ now, isStaff, onChange }: Props) {
  const t = useTranslations("search");
  const courses = useTranslations("courses");
  const kinds = isStaff ? (["all", "course", "paper", "item"] as const) : (["all", "course", "paper"] as const);
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Segmented
        label={t("kind")}
        value={now.kind}
        onChange={(kind) => onChange({ kind })}
        options={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      />
      {isStaff && now.kind === "course" && (
        <Select
          label={t("status")}
          value={now.status}
          onChange={(status) => onChange({ status })}
          className="w-40"
          options={[
            { value: "all", label: t("anyStatus") },
            ...statuses.map((value) => ({ value, label: courses(`statuses.${value}`) })),
          ]}
        />
      )}
      {isStaff && now.kind === "item" && (
        <Select
          label={t("itemKind")}
          value={now.item}
          onChange={(item) => onChange({ item })}
          className="w-48"
          options={[
            { value: "all", label: t("anyItemKind") },
            ...itemKinds.map((value) => ({ value, label: t(`itemKinds.${value}`) })),
          ]}
        />
      )}
    </div>
  );
}
