"use client";

import { Search, SearchX } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useSearchParams } from "next/navigation";
import { hitsOf, type Found, type Hit, type Kind } from "@/components/search/hits";
import { HitLine } from "@/components/search/hit-line";
import { useSearch } from "@/components/search/use-search";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { Loaded } from "@/components/ui/loaded";
import { PageHead } from "@/components/ui/page-head";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { Filters } from "@/features/search/filters";
import { asked, EACH, MOST, queryOf, searchOf, type Asked } from "@/features/search/address";
import { useTyped } from "@/features/search/use-typed";
import { Link } from "@/i18n/navigation";
import { useUser } from "@/lib/store";

/** What is looked for stands in the address: it can be sent to somebody, and the way back comes to the same place. */
export function SearchPage() {
  const t = useTranslations("search");
  const isStaff = useUser().role !== "student";
  const now = asked(useSearchParams(), isStaff);
  const found = useSearch(now.q, queryOf(now));
  const ask = (change: Partial<Asked>) => window.history.replaceState(null, "", searchOf({ ...now, ...change }));
  const [typed, type] = useTyped(now.q, (q) => ask({ q }));
  return (
    <>
      <PageHead title={t("title")} about={t("about")} />
      <div className="mb-6 grid gap-3">
        <div className="relative">
          <Search
            className="pointer-events-none absolute top-1/2 left-3.5 size-5 -translate-y-1/2 text-ink-faint"
            aria-hidden
          />
          <Input
            type="search"
            aria-label={t(isStaff ? "openStaff" : "open")}
            placeholder={t(isStaff ? "hintStaff" : "hint")}
            maxLength={200}
            autoFocus
            value={typed}
            onChange={(event) => type(event.target.value)}
            className="h-12 pl-11 sm:text-base"
          />
        </div>
        <Filters now={now} isStaff={isStaff} onChange={ask} />
      </div>
      {now.q === "" ? (
        <EmptyState icon={Search} title={t("begin")} about={t(isStaff ? "beginAboutStaff" : "beginAbout")} />
      ) : (
        <Loaded query={found} skeleton={<SkeletonRows rows={6} className="my-1 h-14" />}>
          {(answer) => <Results words={now.q} found={answer} now={now} onKind={(kind) => ask({ kind })} />}
        </Loaded>
      )}
    </>
  );
}

interface ResultsProps {
  words: string;
  found: Found;
  now: Asked;
  onKind: (kind: Kind) => void;
}

function Results({ words, found, now, onKind }: ResultsProps) {
  const t = useTranslations("search");
  const hits = hitsOf(found, useLocale());
  if (hits.length === 0) return <EmptyState icon={SearchX} title={t("none", { words })} about={t("noneAbout")} />;
  const kinds = (["course", "paper", "item"] as const).filter((kind) => hits.some((hit) => hit.kind === kind));
  return (
    <div className="grid gap-6">
      <p role="status" className="text-sm text-ink-soft">
        {found.corrected ? t("corrected", { words, corrected: found.corrected }) : t("found", { count: hits.length })}
      </p>
      {kinds.map((kind) => (
        <Group
          key={kind}
          kind={kind}
          hits={hits.filter((hit) => hit.kind === kind)}
          onAll={now.kind === "all" ? () => onKind(kind) : undefined}
        />
      ))}
    </div>
  );
}

interface GroupProps {
  kind: Kind;
  hits: readonly Hit[];
  /** Where the group shows only the best of its kind: the way to more of them. */
  onAll: (() => void) | undefined;
}

function Group({ kind, hits, onAll }: GroupProps) {
  const t = useTranslations("search");
  return (
    <section aria-labelledby={`found-${kind}`}>
      <h2 id={`found-${kind}`} className="mb-2 font-title text-lg font-semibold">
        {t(`kinds.${kind}`)}
      </h2>
      <Card className="overflow-hidden">
        <ul className="divide-y divide-line">
          {hits.map((hit) => (
            <li key={hit.key}>
              {hit.href === null ? (
                <div className="flex items-start gap-3 px-4 py-3 sm:px-5">
                  <HitLine hit={hit} />
                </div>
              ) : (
                <Link href={hit.href} className="flex items-start gap-3 px-4 py-3 hover:bg-sunken sm:px-5">
                  <HitLine hit={hit} />
                </Link>
              )}
            </li>
          ))}
        </ul>
      </Card>
      {onAll && hits.length >= EACH && (
        <Button look="quiet" className="mt-2" onClick={onAll}>
          {t("more", { kind: t(`kinds.${kind}`) })}
        </Button>
      )}
      {!onAll && hits.length >= MOST && <p className="mt-3 text-sm text-ink-faint">{t("onlyBest", { count: MOST })}</p>}
    </section>
  );
}

export function SearchWaiting() {
  const t = useTranslations("search");
  return (
    <>
      <PageHead title={t("title")} about={t("about")} />
      <Skeleton className="mb-3 h-12" />
      <Skeleton className="h-10 max-w-md" />
    </>
  );
}
