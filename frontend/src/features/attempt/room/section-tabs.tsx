"use client";

import { ArrowRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { Section } from "@/components/paper/slots";
import { Button } from "@/components/ui/button";
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
    <nav
      aria-label={room("sectionsLabel")}
      className="-mx-4 flex gap-6 overflow-x-auto px-4 [scrollbar-width:none] xl:mx-0 xl:gap-7 xl:px-0"
    >
      {sections.map((section) => (
        <button
          key={section.key}
          ref={section.key === current ? here : undefined}
          type="button"
          aria-current={section.key === current ? "step" : undefined}
          onClick={() => onSection(section)}
          className={cn(
            "h-touch shrink-0 border-y-2 border-transparent text-sm whitespace-nowrap text-ink-soft -outline-offset-2 transition-colors hover:text-ink xl:h-15",
            section.key === current && "border-b-accent font-medium text-ink",
          )}
        >
          {t(`sections.${section.key}`)}
        </button>
      ))}
    </nav>
  );
}

/** At the foot of a section: on to the next, nothing after the last. */
export function NextSection({ sections, current, onSection }: Props) {
  const t = useTranslations("room");
  const common = useTranslations("common");
  const next = sections[sections.findIndex(({ key }) => key === current) + 1];
  if (!current || !next) return null;
  return (
    <div className="mt-8 flex justify-end border-t border-line pt-5">
      <Button onClick={() => onSection(next)}>
        {t("nextSection", { section: common(`sections.${next.key}`) })}
        <ArrowRight aria-hidden />
      </Button>
    </div>
  );
}
