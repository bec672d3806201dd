"use client";

import { ArrowRight, CornerDownLeft, LoaderCircle, Search, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import { useId, useState, type KeyboardEvent, type ReactNode } from "react";
import { HitLine } from "@/components/search/hit-line";
import { hitsOf, type Found, type Hit } from "@/components/search/hits";
import { useRested, useSearch } from "@/components/search/use-search";
import { navigationOf, type Place } from "@/components/shell/places";
import { Kbd } from "@/components/ui/kbd";
import { ProblemNote } from "@/components/ui/states";
import { useWayBack } from "@/components/ui/use-way-back";
import { Link, useRouter } from "@/i18n/navigation";
import { cn } from "@/lib/cn";
import { useUser } from "@/lib/store";

const EACH = 5;
/** As it stands on the key. */
const ESCAPE = "Esc";

/** What can be chosen in the list, in its order. */
interface Choice {
  key: string;
  href: string;
  shows: ReactNode;
}

/** A field with a list under it (a combobox): the keys stay in the field, arrows choose, Enter opens. */
export function SearchDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("search");
  const wayBack = useWayBack(true);
  return (
    <Radix.Root open onOpenChange={onClose}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 bg-scrim data-[state=open]:animate-in data-[state=open]:fade-in" />
        <Radix.Content
          aria-describedby={undefined}
          onCloseAutoFocus={wayBack}
          className="fixed inset-0 z-50 flex flex-col bg-raised shadow-raised outline-none data-[state=open]:animate-in data-[state=open]:fade-in sm:inset-x-auto sm:top-[12dvh] sm:bottom-auto sm:left-1/2 sm:max-h-[70dvh] sm:w-[calc(100%-2rem)] sm:max-w-xl sm:-translate-x-1/2 sm:rounded-card forced-colors:border"
        >
          <Radix.Title className="sr-only">{t("title")}</Radix.Title>
          <Box onClose={onClose} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Box({ onClose }: { onClose: () => void }) {
  const t = useTranslations("search");
  const common = useTranslations("common");
  const isStaff = useUser().role !== "student";
  const locale = useLocale();
  const router = useRouter();
  const list = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const words = useRested(typed.trim());
  const found = useSearch(words, { limit: EACH });
  const isStale = found.isPlaceholderData || typed.trim() !== words;
  const hits = found.data ? hitsOf(found.data, locale) : [];
  const choices = useChoices(typed.trim(), words === "" ? [] : hits);
  const chosen = choices[Math.min(at, choices.length - 1)];
  const idOf = (choice: Choice) => `${list}-${choice.key}`;

  const move = (by: number) => {
    const next = (Math.min(at, choices.length - 1) + by + choices.length) % choices.length;
    setAt(next);
    const to = choices[next];
    if (to) document.getElementById(idOf(to))?.scrollIntoView({ block: "nearest" });
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || choices.length === 0) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter" && chosen) {
      // What is shown for the words before these is not what was asked for.
      router.push(isStale && typed.trim() ? wholeSearch(typed.trim()) : chosen.href);
      onClose();
    } else return;
    event.preventDefault();
  };

  return (
    <>
      <div className="flex items-center gap-3 border-b border-line px-4 sm:px-5">
        {found.isFetching ? (
          <LoaderCircle className="size-5 shrink-0 animate-spin text-ink-faint" aria-hidden />
        ) : (
          <Search className="size-5 shrink-0 text-ink-faint" aria-hidden />
        )}
        <input
          role="combobox"
          aria-expanded={choices.length > 0}
          aria-controls={list}
          aria-activedescendant={chosen && idOf(chosen)}
          aria-label={t(isStaff ? "openStaff" : "open")}
          placeholder={t(isStaff ? "hintStaff" : "hint")}
          autoComplete="off"
          enterKeyHint="go"
          maxLength={200}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={press}
          className="h-14 min-w-0 flex-1 bg-transparent text-base text-ink outline-none placeholder:text-ink-faint"
        />
        <Radix.Close
          aria-label={common("close")}
          className="-mr-2.5 grid size-touch shrink-0 place-items-center rounded-control text-ink-faint hover:bg-sunken hover:text-ink"
        >
          <X className="size-5" aria-hidden />
        </Radix.Close>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2">
        {found.error && words !== "" && <ProblemNote error={found.error} className="m-2" />}
        <Said words={words} found={found.data} count={hits.length} isStale={isStale} />
        <ul role="listbox" id={list} aria-label={t("title")}>
          {choices.map((choice) => (
            <li key={choice.key} role="presentation" onPointerMove={() => setAt(choices.indexOf(choice))}>
              <Link
                id={idOf(choice)}
                role="option"
                aria-selected={choice === chosen}
                href={choice.href}
                tabIndex={-1}
                onClick={onClose}
                className={cn(
                  "flex items-start gap-3 rounded-control px-3 py-2.5",
                  choice === chosen && "bg-sunken forced-colors:outline",
                )}
              >
                {choice.shows}
              </Link>
            </li>
          ))}
        </ul>
      </div>
      <Keys />
    </>
  );
}

/** Before anything is typed the places of the product; then what is found, and the way to the whole of it. */
function useChoices(typed: string, hits: readonly Hit[]): Choice[] {
  const t = useTranslations("search");
  const { role } = useUser();
  if (typed === "") return navigationOf(role).map((place) => ofPlace(place));
  const all = { key: "all", href: wholeSearch(typed) };
  const shows = (
    <span className="flex items-center gap-3 text-sm text-accent">
      <ArrowRight className="size-4.5 shrink-0" aria-hidden />
      {t("everything", { words: typed })}
    </span>
  );
  return [
    ...hits.filter(hasPage).map((hit) => ({ key: hit.key, href: hit.href, shows: <HitLine hit={hit} isShort /> })),
    { ...all, shows },
  ];
}

function wholeSearch(typed: string): string {
  return `/search?q=${encodeURIComponent(typed)}`;
}

function hasPage(hit: Hit): hit is Hit & { href: string } {
  return hit.href !== null;
}

function ofPlace(place: Place): Choice {
  return { key: place.name, href: place.href, shows: <PlaceLine place={place} /> };
}

function PlaceLine({ place }: { place: Place }) {
  const t = useTranslations("shell");
  const Icon = place.icon;
  return (
    <>
      <Icon className="mt-0.5 size-4.5 shrink-0 stroke-[1.5] text-ink-faint" aria-hidden />
      <span className="text-[0.9375rem]">{t(place.name)}</span>
    </>
  );
}

interface SaidProps {
  words: string;
  found: Found | undefined;
  count: number;
  /** What is shown is still of other words. */
  isStale: boolean;
}

/** How many there are, for those who hear the page; that there is nothing, or something else, for everybody. */
function Said({ words, found, count, isStale }: SaidProps) {
  const t = useTranslations("search");
  if (words === "") return <p className="px-3 pt-2 pb-1 text-xs text-ink-faint">{t("goTo")}</p>;
  const isEmpty = !isStale && found !== undefined && count === 0;
  return (
    <>
      <p role="status" className={isEmpty ? "px-3 py-3 text-sm text-ink-soft" : "sr-only"}>
        {isEmpty ? t("none", { words }) : isStale ? t("searching") : t("found", { count })}
      </p>
      {found?.corrected && !isStale && (
        <p className="px-3 py-2 text-sm text-ink-soft">{t("corrected", { words, corrected: found.corrected })}</p>
      )}
    </>
  );
}

function Keys() {
  const t = useTranslations("search");
  return (
    <p
      aria-hidden
      className="hidden gap-5 border-t border-line px-5 py-2.5 text-xs text-ink-faint sm:flex pointer-coarse:hidden [&>span]:flex [&>span]:items-center [&>span]:gap-1.5"
    >
      <span>
        <Kbd>↑</Kbd>
        <Kbd>↓</Kbd>
        {t("keys.move")}
      </span>
      <span>
        <Kbd>
          <CornerDownLeft className="size-3" />
        </Kbd>
        {t("keys.open")}
      </span>
      <span>
        <Kbd>{ESCAPE}</Kbd>
        {t("keys.close")}
      </span>
    </p>
  );
}
