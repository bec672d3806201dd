"use client";

import { useTranslations } from "next-intl";
import { isHere, systemPages } from "@/components/shell/places";
import { Link, usePathname } from "@/i18n/navigation";
import { cn } from "@/lib/cn";

/** The pages that share one entry of the navigation. */
export function SystemPages() {
  const t = useTranslations("shell");
  const path = usePathname();
  return (
    <nav aria-label={t("system")} className="mb-6 flex w-fit rounded-control border border-line bg-sunken p-0.5">
      {systemPages.map(({ name, href }) => (
        <Link
          key={href}
          href={href}
          aria-current={isHere(href, path) ? "page" : undefined}
          className={cn(
            "inline-flex h-9 items-center rounded-chip px-3.5 text-sm font-medium text-ink-soft hover:text-ink pointer-coarse:h-touch",
            isHere(href, path) && "bg-surface text-ink shadow-sheet",
          )}
        >
          {t(name)}
        </Link>
      ))}
    </nav>
  );
}
