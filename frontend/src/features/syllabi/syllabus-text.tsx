"use client";

import { useTranslations } from "next-intl";
import { Fragment, memo, useEffect, useRef } from "react";
import type { Schema } from "@/client/types";
import { Note } from "@/components/ui/states";
import { cut, type Hit } from "@/features/syllabi/find";
import { cn } from "@/lib/cn";

type Block = Schema<"BlockOut">;
type Page = Schema<"PageOut">;

interface Props {
  text: Schema<"SyllabusText">;
  sought: string;
  current: Hit | null;
}

/** What was read, page by page, as it stands in the file: the same words that a plan will point to. */
export function SyllabusText({ text, sought, current }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (current) place.current?.querySelector("[data-current]")?.scrollIntoView({ block: "center" });
  }, [current]);
  const begins = text.pages.map((_, page) => text.pages.slice(0, page).reduce((sum, it) => sum + it.blocks.length, 0));
  return (
    <div ref={place} className="mx-auto grid max-w-prose grid-cols-1 gap-6" lang="zh">
      {text.pages.map((page, place) => {
        const first = begins[place] ?? 0;
        const isHere = current !== null && current.block >= first && current.block < first + page.blocks.length;
        return (
          <PageText
            key={page.number}
            page={page}
            isPaged={text.is_paged}
            sought={sought}
            block={isHere ? current.block - first : null}
            at={isHere ? current.at : null}
          />
        );
      })}
    </div>
  );
}

interface PageProps {
  page: Page;
  isPaged: boolean;
  sought: string;
  /** Of the current place, where it is on this page. */
  block: number | null;
  at: number | null;
}

const PageText = memo(function PageText({ page, isPaged, sought, block, at }: PageProps) {
  const t = useTranslations("syllabi");
  return (
    <section aria-label={isPaged ? t("page", { number: page.number }) : undefined} className="grid grid-cols-1 gap-3">
      {isPaged && (
        <p aria-hidden className="flex items-center gap-3 text-xs text-ink-faint tabular-nums select-none">
          {t("page", { number: page.number })}
          <span className="h-px flex-1 bg-line" />
        </p>
      )}
      {page.trouble && <Note tone="warn">{t(`troubles.${page.trouble}`)}</Note>}
      {grouped(page.blocks).map(({ first, blocks }) =>
        blocks[0]?.kind === "row" ? (
          <Rows key={first} rows={blocks} sought={sought} />
        ) : (
          blocks.map((it) => <Paragraph key={first} block={it} sought={sought} at={block === first ? at : null} />)
        ),
      )}
    </section>
  );
});

/** Rows that follow each other are one table; everything else stands alone. */
function grouped(blocks: readonly Block[]): { first: number; blocks: Block[] }[] {
  const groups: { first: number; blocks: Block[] }[] = [];
  for (const [place, block] of blocks.entries()) {
    const last = groups.at(-1);
    if (block.kind === "row" && last?.blocks[0]?.kind === "row") last.blocks.push(block);
    else groups.push({ first: place, blocks: [block] });
  }
  return groups;
}

function Paragraph({ block, sought, at }: { block: Block; sought: string; at: number | null }) {
  const look = ["text-xl", "text-lg", "text-base"][Math.min(block.level, 3) - 1];
  const said = <Marked text={block.text} sought={sought} at={at} />;
  if (block.kind === "heading") {
    const Heading = block.level <= 1 ? "h2" : "h3";
    return <Heading className={cn("pt-2 font-title font-semibold", look)}>{said}</Heading>;
  }
  return <p className="leading-relaxed break-words">{said}</p>;
}

function Rows({ rows, sought }: { rows: readonly Block[]; sought: string }) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse text-sm">
        <tbody>
          {rows.map((row) => (
            <tr key={row.start} className="border-b border-line first:border-t first:bg-sunken first:font-medium">
              {row.cells.map((cell, place) => (
                <td key={place} className="min-w-16 px-3 py-2 align-top">
                  <Marked text={cell} sought={sought} at={null} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Marked({ text, sought, at }: { text: string; sought: string; at: number | null }) {
  if (sought === "") return text;
  let begins = 0;
  return cut(text, sought).map((part, place) => {
    const start = begins;
    begins += part.length;
    if (place % 2 === 0) return <Fragment key={place}>{part}</Fragment>;
    const isCurrent = start === at;
    return (
      <mark
        key={place}
        data-current={isCurrent || undefined}
        className={cn("rounded-chip", isCurrent ? "bg-accent text-on-accent" : "bg-warn-soft text-ink")}
      >
        {part}
      </mark>
    );
  });
}
