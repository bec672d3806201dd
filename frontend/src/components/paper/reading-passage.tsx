"use client";

import type { ReactNode } from "react";
import { MarkedText, type Mark } from "@/components/paper/marked-text";
import { splitBlanks } from "@/components/paper/marking-text";
import type { Passage } from "@/components/paper/slots";
import { cn } from "@/lib/cn";
import { useWords } from "@/lib/words";

interface Props {
  passage: Passage;
  marks?: readonly Mark[];
  /** What stands in a blank of a cloze. */
  blank?: (slot: string) => ReactNode;
  className?: string;
}

/** A text as it is printed: cloze with its blanks, long passage with its letters, careful reading in paragraphs. */
export function ReadingPassage({ passage, marks = [], blank, className }: Props) {
  const words = useWords();
  return (
    <article lang="en" className={cn("font-reading text-reading", className)}>
      {passage.title && passage.kind === "long" && (
        <h3 className="mb-4 text-center text-xl font-semibold">{passage.title.en || words(passage.title)}</h3>
      )}
      <div className="grid gap-4">
        {passage.paragraphs.map((paragraph, index) => (
          <Paragraph key={index} letter={passage.letters[index]} text={paragraph} marks={marks} blank={blank} />
        ))}
      </div>
    </article>
  );
}

interface ParagraphProps {
  letter: string | undefined;
  text: string;
  marks: readonly Mark[];
  blank: Props["blank"];
}

function Paragraph({ letter, text, marks, blank }: ParagraphProps) {
  return (
    <p id={letter && `paragraph-${letter}`} className={cn("scroll-mt-28 hyphens-auto", letter && "relative pl-8")}>
      {letter && <strong className="absolute left-0">{letter})</strong>}
      {blank ? (
        splitBlanks(text).map((part, index) =>
          part.slot === null ? (
            <MarkedText key={index} text={part.text} marks={marks} />
          ) : (
            <span key={index}>{blank(part.slot)}</span>
          ),
        )
      ) : (
        <MarkedText text={text} marks={marks} />
      )}
    </p>
  );
}
