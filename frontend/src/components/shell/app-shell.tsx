"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { NoticeBell } from "@/components/notices/notice-bell";
import { AccountMenu } from "@/components/shell/account-menu";
import { isHere, navigationOf, type Place } from "@/components/shell/places";
import { Link, usePathname } from "@/i18n/navigation";
import { cn } from "@/lib/cn";
import { useIsInBrowser } from "@/lib/path";
import { useUser } from "@/lib/store";

/** The frame of every page but the exam room: bar on top, and on a phone the places at the bottom under the thumb. */
export function AppShell({ children }: { children: ReactNode }) {
  const t = useTranslations("shell");
  const common = useTranslations("common");
  const places = navigationOf(useUser().role);
  return (
    <div className="flex min-h-dvh flex-col pb-[calc(4rem+env(safe-area-inset-bottom))] sm:pb-0">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-control focus:bg-accent focus:px-4 focus:py-2 focus:text-on-accent"
      >
        {t("skip")}
      </a>
      <header className="sticky top-0 z-30 border-b border-line bg-surface/95 backdrop-blur">
        <div className="mx-auto flex h-14 max-w-6xl items-center gap-6 px-4">
          <Link href="/" className="flex items-center gap-2.5 rounded-control font-semibold">
            <span aria-hidden className="grid size-8 place-items-center rounded-lg bg-accent text-sm text-on-accent">
              四
            </span>
            {common("siji")}
          </Link>
          <nav aria-label={t("navigation")} className="hidden h-full sm:flex">
            {places.map((place) => (
              <TopLink key={place.href} place={place} />
            ))}
          </nav>
          <div className="ml-auto flex items-center gap-1">
            <NoticeBell />
            <AccountMenu />
          </div>
        </div>
      </header>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-6xl flex-1 px-4 py-6 outline-none sm:py-8">
        {children}
      </main>
      <nav
        aria-label={t("navigation")}
        className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
      >
        {places.map((place) => (
          <BottomLink key={place.href} place={place} />
        ))}
      </nav>
    </div>
  );
}

function TopLink({ place }: { place: Place }) {
  const { here, label } = usePlace(place);
  return (
    <Link
      href={place.href}
      aria-current={here ? "page" : undefined}
      className={cn(
        "flex items-center border-b-2 border-transparent px-3.5 text-sm font-medium text-ink-soft hover:text-ink",
        here && "border-accent text-ink",
      )}
    >
      {label}
    </Link>
  );
}

function BottomLink({ place }: { place: Place }) {
  const { here, label } = usePlace(place);
  const Icon = place.icon;
  return (
    <Link
      href={place.href}
      aria-current={here ? "page" : undefined}
      className={cn(
        "grid h-16 flex-1 content-center justify-items-center gap-1 text-xs text-ink-faint",
        here && "text-accent",
      )}
    >
      <Icon className="size-5" aria-hidden />
      {label}
    </Link>
  );
}

function usePlace(place: Place): { here: boolean; label: string } {
  const t = useTranslations("shell");
  const path = usePathname();
  const isInBrowser = useIsInBrowser();
  return { here: isInBrowser && isHere(place.href, path), label: t(place.name) };
}
