"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { Section } from "@/components/paper/slots";
import { cn } from "@/lib/cn";

interface Props {
  sections: readonly Section[];
  current: Section["key"] | undefined;
  onSection: (section: Section) => void;
}

/** The sections of the open part, in the order of the paper. */
export function SectionTabs({ sections, current, onSection }: Props) {
  const t = useTranslations("common");
  const room = useTranslations("room");
  const here = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    here.current?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [current]);
  if (sections.length < 2) return null;
  return (
    <nav aria-label={room("sectionsLabel")} className="mx-auto flex max-w-7xl gap-1 overflow-x-auto px-2 sm:px-4">
      {sections.map((section) => (
        <button
          key={section.key}
          ref={section.key === current ? here : undefined}
          type="button"
          aria-current={section.key === current ? "step" : undefined}
          onClick={() => onSection(section)}
          className={cn(
            "h-11 shrink-0 border-b-2 border-transparent px-3 text-sm font-medium whitespace-nowrap text-ink-soft hover:text-ink",
            section.key === current && "border-accent text-accent",
          )}
        >
          {t(`sections.${section.key}`)}
        </button>
      ))}
    </nav>
  );
}
