import type { Acknowledged } from "./wire";

/** What the page shows for one item. */
export interface Held {
  value: string;
  /** The counter of `value`. */
  seq: number;
  /** refused: the server will not take it as it is; it stays in the journal. */
  state: "saved" | "unsaved" | "refused";
  /** A value that came after the lock: kept by the server, counted only if the teacher accepts it. */
  late: string | null;
}

export const NOTHING: Held = { value: "", seq: 0, state: "saved", late: null };

export interface Outcome {
  held: Held;
  /** The value somebody else's newer answer replaced here; null where nothing the person wrote was replaced. */
  replaced: string | null;
  /** What was typed meanwhile would lose against the server's counter: it must be written and sent again under this held one. */
  isRenumbered: boolean;
}

/** What the server's word on (seq, value) means for an item that may have been typed on since. Pure. */
export function settle(held: Held, sent: { seq: number; value: string }, ack: Acknowledged): Outcome {
  const isAhead = held.seq > sent.seq;
  if (ack.status === "saved") {
    const next: Held = isAhead ? held : { ...held, value: sent.value, seq: sent.seq, state: "saved" };
    return { held: next, replaced: null, isRenumbered: false };
  }
  const noted = ack.status === "late" ? { ...held, late: sent.value } : held;
  // Ahead and saved is not typed: it is what the server had already when the page was loaded.
  if (isAhead && held.state !== "saved") return typedSince(noted, ack);
  const now = isAhead && held.seq > (ack.current?.seq ?? 0) ? held : (ack.current ?? { seq: 0, value: "" });
  const isReplaced = ack.status === "superseded" && now.value !== sent.value;
  return {
    // A late value never lowers the counter: the next one must be above it.
    held: { ...noted, value: now.value, seq: Math.max(held.seq, sent.seq, now.seq), state: "saved" },
    replaced: isReplaced ? sent.value : null,
    isRenumbered: false,
  };
}

function typedSince(held: Held, ack: Acknowledged): Outcome {
  const above = ack.current?.seq ?? 0;
  const isRenumbered = held.seq <= above;
  return { held: isRenumbered ? { ...held, seq: above + 1 } : held, replaced: null, isRenumbered };
}
