/** Files share a process (`isolate: false`): what one has put in place of the world's, and what our modules remember, ends with it. */
import { afterAll, vi } from "vitest";

afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.resetModules();
});
