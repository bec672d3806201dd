import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import { useAppStore } from "@/lib/store";
import { went } from "@/test/navigation";
import { server } from "@/test/server";

vi.mock("@/i18n/navigation", () => import("@/test/navigation"));

// A request that no test has planned for is a mistake of the test, not an empty answer.
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
beforeEach(() => useAppStore.setState(useAppStore.getInitialState(), true));
afterEach(async () => {
  cleanup();
  (await import("sonner")).toast.dismiss(); // else the next page shows it once more
  server.resetHandlers();
  went.push.mockReset();
  went.replace.mockReset();
});
afterAll(() => {
  server.close();
  window.localStorage.clear();
  window.sessionStorage.clear();
  window.history.replaceState(null, "", "/");
});

// What a page still wanted to do when its file was over: its browser is taken away, and a toast on its way out would fail in the void.
const begun = new Set<ReturnType<typeof setTimeout>>();
const begin = globalThis.setTimeout;
globalThis.setTimeout = Object.assign((...given: Parameters<typeof begin>) => {
  const timer = begin(...given);
  begun.add(timer);
  return timer;
}, begin);
afterAll(() => begun.forEach((timer) => clearTimeout(timer)));

// What Radix asks of a browser and jsdom lacks.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
Element.prototype.scrollIntoView ??= () => undefined;
Element.prototype.setPointerCapture ??= () => undefined;
Element.prototype.hasPointerCapture ??= () => false;
Element.prototype.releasePointerCapture ??= () => undefined;
window.matchMedia ??= (media) => Object.assign(new EventTarget(), { matches: false, media }) as MediaQueryList;
window.scrollTo = () => undefined;
