import type { Trace, Traced } from "../types";

export const THINGS = ["objectives", "points", "rows", "questions", "criteria"] as const;
export type Thing = (typeof THINGS)[number];

/** The passages that something rests on; all of them where nothing is chosen. */
export function passagesOf(trace: Trace, thing: Thing | null, key: string | null): Traced[] {
  if (thing === null || key === null) return trace.passages;
  return trace.passages.filter((passage) => passage[thing].includes(key));
}

/** Every key that some passage has, once, in the order of the syllabus. */
export function keysOf(trace: Trace, thing: Thing): string[] {
  return [...new Set(trace.passages.flatMap((passage) => passage[thing]))];
}
