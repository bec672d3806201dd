/**
 * What a page cost the one who looked at it: when its largest part was there, the longest wait after a click or a key, how much
 * moved under the eyes. Told once, when the page is left, by one visit in four, without anything about the person.
 */
import type { Schema } from "@/client/types";

type Beacon = Schema<"BeaconIn">;

const URL_OF_BEACONS = "/api/v1/beacons";
const SHARE = 0.25;

interface Shift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
}

interface Interaction extends PerformanceEntry {
  interactionId?: number;
}

/** The kind of page an address is of, never which one: "/zh/courses/5" is "/courses/:id". */
export function pageOf(pathname: string): string {
  const path = pathname.replace(/^\/(?:zh|en)(?=\/|$)/, "");
  const [, place = "", below] = /^\/([^/]*)(\/[^/]+)?/.exec(path) ?? [];
  return `/${place}${below === undefined ? "" : "/:id"}`;
}

/** Shifts less than a second apart, five seconds long at most, are one; the worst of them counts. */
export class Shifts {
  worst = 0;
  private sum = 0;
  private beganAt = 0;
  private lastAt = -Infinity;

  note(at: number, value: number): void {
    const isNew = at - this.lastAt > 1000 || at - this.beganAt > 5000;
    this.sum = isNew ? value : this.sum + value;
    if (isNew) this.beganAt = at;
    this.lastAt = at;
    this.worst = Math.max(this.worst, this.sum);
  }
}

export function watchVitals(isChosen: boolean = Math.random() < SHARE): () => void {
  if (!isChosen || typeof PerformanceObserver === "undefined") return () => undefined;
  const page = pageOf(window.location.pathname);
  const shifts = new Shifts();
  const told: Beacon = { page };
  const observers = [
    observe("largest-contentful-paint", {}, (entry) => (told.lcp = entry.startTime)),
    observe("event", { durationThreshold: 16 }, (entry: Interaction) => {
      if (entry.interactionId) told.inp = Math.max(told.inp ?? 0, entry.duration);
    }),
    observe("layout-shift", {}, (entry) => {
      const { hadRecentInput, startTime, value } = entry as Shift;
      if (!hadRecentInput) shifts.note(startTime, value);
      told.cls = shifts.worst;
    }),
  ];
  const stop = () => {
    document.removeEventListener("visibilitychange", leave);
    observers.forEach((observer) => observer?.disconnect());
  };
  const leave = () => {
    if (document.visibilityState !== "hidden") return;
    stop();
    navigator.sendBeacon(URL_OF_BEACONS, new Blob([JSON.stringify(told)], { type: "application/json" }));
  };
  document.addEventListener("visibilitychange", leave);
  return stop;
}

/** Nothing where the browser does not know this kind. */
function observe(
  type: string,
  options: { durationThreshold?: number },
  note: (entry: PerformanceEntry) => void,
): PerformanceObserver | undefined {
  if (!PerformanceObserver.supportedEntryTypes.includes(type)) return undefined;
  const observer = new PerformanceObserver((list) => list.getEntries().forEach(note));
  observer.observe({ type, buffered: true, ...options });
  return observer;
}
