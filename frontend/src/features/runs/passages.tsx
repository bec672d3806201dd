"use client";

import { Quote } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "@/i18n/navigation";
import type { Passage, Run } from "./types";

/** The words of the syllabus that something rests on, each with its page. */
export function Passages({ run, passages }: { run: Pick<Run, "syllabus">; passages: readonly Passage[] }) {
  const t = useTranslations("run");
  return (
    <ul className="grid grid-cols-1 content-start gap-2.5">
      {passages.map(({ page, start, quote }) => (
        <li
          key={`${page}-${start}`}
          className="rounded-chip border-l-3 border-accent bg-accent-soft px-4 py-2.5 text-sm"
        >
          <p className="leading-relaxed break-words whitespace-pre-line">
            <Quote className="mr-1.5 inline size-3.5 align-baseline text-accent" aria-hidden />
            {quote}
          </p>
          <Link
            href={`/syllabi/${run.syllabus.id}`}
            prefetch={false}
            className="text-xs text-ink-soft underline underline-offset-4 hover:text-accent"
          >
            {t("page", { number: page })}
          </Link>
        </li>
      ))}
    </ul>
  );
}
