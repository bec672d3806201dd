import { afterEach, describe, expect, it, vi } from "vitest";
import { pageOf, Shifts, watchVitals } from "@/lib/vitals";

describe("what a beacon names", () => {
  it.each([
    ["/", "/"],
    ["/zh", "/"],
    ["/en/courses", "/courses"],
    ["/zh/courses/17", "/courses/:id"],
    ["/attempt/0d6b3e1c-1/", "/attempt/:id"],
    ["/zhang", "/zhang"],
  ])("%s is %s", (path, page) => expect(pageOf(path)).toBe(page));
});

describe("the layout shift", () => {
  it("is the worst run of shifts, not their sum over the visit", () => {
    const shifts = new Shifts();
    shifts.note(100, 0.05);
    shifts.note(600, 0.04);
    shifts.note(3000, 0.02);
    expect(shifts.worst).toBeCloseTo(0.09);
  });
});

describe("a page that is left", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("tells once, its kind and its figures and nothing else", async () => {
    const sent: Blob[] = [];
    const notes = new Map<string, (entries: object[]) => void>();
    class Observer {
      static supportedEntryTypes = ["largest-contentful-paint", "event", "layout-shift"];
      constructor(private readonly tell: (list: { getEntries: () => object[] }) => void) {}
      observe({ type }: { type: string }) {
        notes.set(type, (entries) => this.tell({ getEntries: () => entries }));
      }
      disconnect() {
        return undefined;
      }
    }
    vi.stubGlobal("PerformanceObserver", Observer);
    Object.assign(navigator, { sendBeacon: (_: string, body: Blob) => sent.push(body) });
    window.history.replaceState(null, "", "/zh/courses/17?q=name");
    watchVitals(true);
    notes.get("largest-contentful-paint")?.([{ startTime: 700 }, { startTime: 900 }]);
    notes.get("event")?.([{ duration: 300 }, { duration: 80, interactionId: 4 }, { duration: 40, interactionId: 5 }]);
    notes.get("layout-shift")?.([{ startTime: 10, value: 0.5, hadRecentInput: true }]);
    document.dispatchEvent(new Event("visibilitychange"));
    expect(sent).toHaveLength(0);
    vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    document.dispatchEvent(new Event("visibilitychange"));
    document.dispatchEvent(new Event("visibilitychange"));
    expect(sent).toHaveLength(1);
    expect(JSON.parse((await sent[0]?.text()) ?? "")).toEqual({ page: "/courses/:id", lcp: 900, inp: 80, cls: 0 });
  });

  it("is silent where it was not chosen", () => {
    vi.stubGlobal("PerformanceObserver", undefined);
    expect(watchVitals(true)).toBeTypeOf("function");
    expect(watchVitals(false)).toBeTypeOf("function");
  });
});
