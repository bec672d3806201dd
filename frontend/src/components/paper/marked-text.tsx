import { markQuotes } from "@/components/paper/marking-text";

/** A sentence that proves an answer, and the number of the question it proves. */
export interface Mark {
  slot: string;
  quote: string;
}

interface Props {
  text: string;
  marks: readonly Mark[];
}

export function MarkedText({ text, marks }: Props) {
  const stretches = markQuotes(
    text,
    marks.map(({ quote }) => quote),
  );
  return stretches.map(({ text: part, quote }, index) =>
    quote === null ? (
      <span key={index}>{part}</span>
    ) : (
      <mark
        key={index}
        id={`proof-${marks[quote]?.slot}`}
        className="scroll-mt-28 rounded-sm bg-warn-soft px-0.5 text-ink decoration-warn"
      >
        {part}
        <sup className="ml-0.5 font-sans text-[0.65em] font-semibold text-warn">{marks[quote]?.slot}</sup>
      </mark>
    ),
  );
}
