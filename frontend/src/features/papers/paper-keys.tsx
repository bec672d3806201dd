"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { Card } from "@/components/ui/card";
import { Later } from "@/components/ui/later";
import { Loaded } from "@/components/ui/loaded";
import { Skeleton } from "@/components/ui/skeleton";
import { ItemKey } from "@/features/papers/item-key";
import { PassageText } from "@/features/papers/passage-text";
import { $api } from "@/lib/api";
import { cn } from "@/lib/cn";
import { useWords } from "@/lib/words";

type Content = Schema<"PaperContent">;
type Section = Schema<"Section">;

/** The whole paper with its keys, proofs and traps, as a teacher prepares it. */
export function PaperKeys({ paper_id }: { paper_id: number }) {
  const content = $api.useQuery("get", "/api/v1/papers/{paper_id}/content", { params: { path: { paper_id } } });
  return (
    <Loaded query={content} skeleton={<Skeleton className="h-[60vh]" />}>
      {(it) => (
        <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[11rem_minmax(0,1fr)] print:block">
          <Contents sections={it.sections} />
          <div className="grid min-w-0 gap-5 print:block">
            <Sections sections={it.sections.slice(0, 1)} references={it.references} />
            <Later>
              <Sections sections={it.sections.slice(1)} references={it.references} />
              <span ref={goToAsked} hidden />
            </Later>
          </div>
        </div>
      )}
    </Loaded>
  );
}

function Sections({ sections, references }: Pick<Content, "sections" | "references">) {
  return sections.map((section) => <SectionCard key={section.key} section={section} references={references} />);
}

/** The item that the address names was not there yet when the browser looked for it; going there again also marks it. */
function goToAsked(end: HTMLElement | null): void {
  const { hash } = window.location;
  if (end && document.querySelector(/^#item-\w+$/.test(hash) ? hash : "nothing")) window.location.replace(hash);
}

function Contents({ sections }: { sections: Section[] }) {
  const common = useTranslations("common");
  return (
    <nav
      aria-label={common("contents")}
      className="print:hidden top-20 flex gap-1 overflow-x-auto text-sm lg:sticky lg:grid"
    >
      {sections.map((section) => (
        <a
          key={section.key}
          href={`#${section.key}`}
          className="rounded-control px-3 py-2 whitespace-nowrap text-ink-soft hover:bg-sunken hover:text-ink"
        >
          {common(`sections.${section.key}`)}
        </a>
      ))}
    </nav>
  );
}

/** On paper: else a head could stand at the foot of a page, far from its text. */
function hasOwnPage({ part }: Section): boolean {
  return part === "reading";
}

function SectionCard({ section, references }: { section: Section; references: Content["references"] }) {
  const common = useTranslations("common");
  const words = useWords();
  const groups = [...section.passages, null].map((passage) => ({
    passage,
    items: section.items.filter((item) => item.passage === (passage?.id ?? null)),
  }));
  return (
    <Card
      id={section.key}
      className={cn(
        "scroll-mt-20 p-5 sm:p-10 print:px-0 print:py-4",
        hasOwnPage(section) && "print:break-before-page",
        section.part === "translation" && "print:break-inside-avoid",
      )}
    >
      <h2 className="font-title text-xl font-semibold">{common(`sections.${section.key}`)}</h2>
      <p className="mt-1 text-sm text-ink-soft">{words(section.directions)}</p>
      {groups
        .filter(({ passage, items }) => passage || items.length > 0)
        .map(({ passage, items }) => (
          <div
            key={passage?.id ?? 0}
            className="mt-6 grid gap-6 border-t border-line pt-6 print:mt-3 print:block print:border-0 print:pt-0"
          >
            {passage && <PassageText passage={passage} />}
            <ol className="grid gap-6 print:gap-3">
              {items.map((item) => (
                <ItemKey key={item.slot} item={item} references={references[item.slot] ?? []} />
              ))}
            </ol>
          </div>
        ))}
    </Card>
  );
}
