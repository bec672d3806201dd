import type { Schema } from "@/client/types";

export type InlineMark = Schema<"InlineMark">;

/** A stretch of the script, with the mark that stands on it and the mark's number, counted from 1. */
export interface Piece {
  text: string;
  mark: InlineMark | null;
  number: number;
}

/** Cuts a script at its marks. A mark that reaches into the one before it, or past the text, has no place of its own. */
export function piecesOf(text: string, marks: readonly InlineMark[]): Piece[] {
  // The server counts characters, JavaScript halves of those outside the basic plane.
  const letters = Array.from(text);
  const pieces: Piece[] = [];
  let at = 0;
  placed(letters.length, marks).forEach((mark, index) => {
    if (mark.start > at) pieces.push({ text: letters.slice(at, mark.start).join(""), mark: null, number: 0 });
    pieces.push({ text: letters.slice(mark.start, mark.end).join(""), mark, number: index + 1 });
    at = mark.end;
  });
  if (at < letters.length) pieces.push({ text: letters.slice(at).join(""), mark: null, number: 0 });
  return pieces;
}

function placed(length: number, marks: readonly InlineMark[]): InlineMark[] {
  let end = 0;
  return [...marks]
    .sort((one, other) => one.start - other.start)
    .filter((mark) => {
      const fits = mark.start >= end && mark.end > mark.start && mark.end <= length;
      if (fits) end = mark.end;
      return fits;
    });
}
