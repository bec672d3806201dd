/** The two written slots of a paper. */
export function slotOf(slot: string): "W" | "T" {
  return slot === "W" ? "W" : "T";
}
