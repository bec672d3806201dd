import type { Schema } from "@/client/types";

type SectionKey = Schema<"AssignmentOut">["sections"][number];

export interface ClockLine {
  part: "writing" | "listening" | "collection" | "reading";
  minutes: number;
}

/** The clock of a whole paper, in minutes, for the words before an exam. The server's clock is the one that counts. */
const WHOLE: readonly ClockLine[] = [
  { part: "writing", minutes: 30 },
  { part: "listening", minutes: 25 },
  { part: "collection", minutes: 5 },
  { part: "reading", minutes: 70 },
];

/** What to tell of the clock before an exam; null for a part of a paper, whose clock the exam room shows. */
export function clockOf(sections: readonly SectionKey[]): readonly ClockLine[] | null {
  return sections.length === 0 || sections.length === 8 ? WHOLE : null;
}
