"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { BellCorner } from "@/components/notices/bell-corner";
import { SearchCorner } from "@/components/search/search-corner";
import { AccountCorner } from "@/components/shell/account-corner";
import { SkipLink } from "@/components/shell/skip-link";
import { Wordmark } from "@/components/shell/wordmark";
import { isHere, navigationOf, type Place } from "@/components/shell/places";
import { Skeleton } from "@/components/ui/skeleton";
import { Link, usePathname } from "@/i18n/navigation";
import { cn } from "@/lib/cn";
import { useIsInBrowser } from "@/lib/path";
import { useAppStore } from "@/lib/store";

/** The frame of every page but the exam room: bar on top, and on a phone the places at the bottom under the thumb. */
export function AppShell({ children }: { children: ReactNode }) {
  const t = useTranslations("shell");
  const me = useAppStore((state) => state.me);
  const places = me ? navigationOf(me.role) : [];
  return (
    <div className="group/shell flex min-h-dvh flex-col pb-[calc(4rem+env(safe-area-inset-bottom))] sm:pb-0 print:pb-0">
      <SkipLink />
      <header className="sticky top-0 z-30 border-b border-line bg-page print:hidden">
        <div className="mx-auto flex h-15 max-w-page items-center gap-8 px-4 group-has-[[data-wide]]/shell:max-w-desk">
          <Link href={places[0]?.href ?? "/"} className="rounded-control py-1.5">
            <Wordmark />
          </Link>
          <nav aria-label={t("navigation")} className="hidden h-full gap-7 sm:flex">
            {!me && <Skeleton className="h-5 w-48 self-center" />}
            {places.map((place) => (
              <TopLink key={place.href} place={place} />
            ))}
          </nav>
          <div className="ml-auto flex items-center gap-1">
            {me ? (
              <>
                <SearchCorner />
                <BellCorner />
                <AccountCorner />
              </>
            ) : (
              <Skeleton className="h-8 w-36" />
            )}
          </div>
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-page flex-1 px-4 py-6 outline-none has-[[data-wide]]:max-w-desk sm:py-10 print:max-w-none print:p-0"
      >
        {children}
      </main>
      <nav
        aria-label={t("navigation")}
        className="fixed inset-x-0 bottom-0 z-30 flex min-h-16 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden print:hidden"
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
        "flex items-center border-y-2 border-transparent text-[0.9375rem] text-ink-soft transition-colors hover:text-ink",
        here && "border-b-seal font-medium text-ink",
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
        "grid h-16 flex-1 content-center justify-items-center gap-1 border-t-2 border-transparent text-xs text-ink-soft",
        here && "border-seal font-medium text-ink",
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
  return {
    here: isInBrowser && [place.href, ...(place.also ?? [])].some((href) => isHere(href, path)),
    label: t(place.name),
  };
}
