import type { KeyboardEvent } from "react";

const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * One stop of the Tab key for a group of buttons marked `data-rove`: left and right move the focus among them, and choose nothing.
 *
 * Up and down are left to the page: in the room they walk from question to question.
 */
export function rove(event: KeyboardEvent<HTMLElement>): void {
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-rove]")];
  const at = stops.findIndex((stop) => stop === document.activeElement);
  if (at < 0) return;
  const next =
    event.key === "Home"
      ? stops[0]
      : event.key === "End"
        ? stops[stops.length - 1]
        : stops[at + (steps[event.key] ?? 0)];
  if (!next || next === stops[at]) return;
  event.preventDefault();
  next.focus();
}
