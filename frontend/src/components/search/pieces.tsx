import type { Schema } from "@/client/types";
import { withGaps } from "@/components/paper/marking-text";

/** A text of the server with what was searched for marked in it. */
export function Pieces({ pieces }: { pieces: readonly Schema<"Piece">[] }) {
  return pieces.map(({ text, found }, at) =>
    found ? (
      <mark key={at} className="rounded-sm bg-warn-soft px-0.5 font-medium text-ink forced-colors:bg-[Mark]">
        {withGaps(text)}
      </mark>
    ) : (
      <span key={at}>{withGaps(text)}</span>
    ),
  );
}
