"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import type { Schema } from "@/client/types";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/lib/cn";
import { useWords } from "@/lib/words";
import { piecesOf, type Piece } from "./pieces";

/** A script with its faults marked in the text, and beside it what each of them is. */
export function MarkedText({ text, feedback }: { text: string; feedback: Pick<Schema<"Feedback">, "inline"> | null }) {
  const id = useId();
  const pieces = piecesOf(text, feedback?.inline ?? []);
  const marked = pieces.filter(({ mark }) => mark !== null);
  return (
    <div className="grid gap-4">
      <p lang="en" className="font-reading text-reading leading-[1.8] whitespace-pre-line">
        {pieces.map((piece, index) => (piece.mark ? <Spot key={index} piece={piece} id={id} /> : piece.text))}
      </p>
      {marked.length > 0 && <Reasons pieces={marked} id={id} />}
    </div>
  );
}

function Spot({ piece: { text, mark, number }, id }: { piece: Piece; id: string }) {
  const t = useTranslations("machine");
  return (
    <mark
      className={cn(
        "rounded-xs bg-transparent text-ink underline decoration-2 underline-offset-4",
        mark?.is_serious ? "decoration-bad" : "decoration-warn",
      )}
    >
      {text}
      <a href={`#${id}-${number}`} aria-label={t("toReason", { number })} className="ml-0.5 font-sans text-ink-soft">
        <sup className="text-xs tabular-nums">{number}</sup>
      </a>
    </mark>
  );
}

function Reasons({ pieces, id }: { pieces: readonly Piece[]; id: string }) {
  const t = useTranslations("machine");
  const words = useWords();
  return (
    <details open className="border-t border-line pt-3 text-sm">
      <summary className="font-semibold">{t("inText", { count: pieces.length })}</summary>
      <ol className="mt-2 grid gap-2">
        {pieces.map(({ mark, number, text }) =>
          mark ? (
            <li
              key={number}
              id={`${id}-${number}`}
              className="grid scroll-mt-24 grid-cols-[1.5rem_minmax(0,1fr)] rounded-control px-1 target:bg-accent-soft"
            >
              <span className="text-ink-faint tabular-nums">{number}</span>
              <div>
                <Badge tone={mark.is_serious ? "bad" : "warn"}>{t(`kinds.${mark.kind}`)}</Badge>{" "}
                <span lang="en" className="font-reading">
                  {text}
                  {mark.better !== null && <strong className="font-semibold text-good"> → {mark.better || "∅"}</strong>}
                </span>
                <p className="text-ink-soft">{words(mark.reason)}</p>
              </div>
            </li>
          ) : null,
        )}
      </ol>
    </details>
  );
}
