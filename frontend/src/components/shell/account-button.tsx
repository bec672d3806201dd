"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Avatar } from "@/components/ui/avatar";

export function AccountButton({ name, ...rest }: ComponentProps<"button"> & { name: string }) {
  const t = useTranslations("shell");
  return (
    <button
      type="button"
      className="relative -mr-2 flex h-touch items-center gap-2 rounded-control px-2 text-sm hover:bg-sunken aria-expanded:bg-sunken"
      {...rest}
    >
      <span className="sr-only">{t("accountMenu", { name })}</span>
      <Avatar name={name} />
      <span aria-hidden className="max-w-32 truncate max-sm:hidden">
        {name}
      </span>
      <ChevronDown className="size-4 text-ink-faint" aria-hidden />
    </button>
  );
}
