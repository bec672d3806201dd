import { act } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { show } from "@/test/show";
import { AIAnalysisChart } from "./ai-analysis-chart";

const chart = vi.hoisted(() => ({ resize: vi.fn(), setOption: vi.fn(), on: vi.fn(), dispose: vi.fn() }));
vi.mock("./echarts", () => ({ init: vi.fn(() => chart) }));

let observed: (() => void)[] = [];

describe("a chart of the class", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.clearAllMocks();
    observed = [];
    vi.stubGlobal(
      "ResizeObserver",
      class {
        constructor(private readonly tell: () => void) {}
        observe = () => observed.push(this.tell);
        disconnect = () => (observed = observed.filter((tell) => tell !== this.tell));
      },
    );
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const data = { kind: "spread", bins: [1, 2, 0, 3] } as const;

  it("is drawn in its turn, once for a size", () => {
    const { container } = show(<AIAnalysisChart chart={data} label="分布" />);
    expect(chart.setOption).not.toHaveBeenCalled();
    act(() => vi.runAllTimers());
    observed.forEach((tell) => tell());
    expect(chart.setOption).toHaveBeenCalledTimes(1);
    Object.defineProperty(container.querySelector("[data-chart]"), "clientWidth", { value: 300 });
    observed.forEach((tell) => tell());
    expect(chart.setOption).toHaveBeenCalledTimes(2);
  });

  it("that went before its turn is never made", () => {
    const { unmount } = show(<AIAnalysisChart chart={data} label="分布" />);
    unmount();
    act(() => vi.runAllTimers());
    expect(chart.setOption).not.toHaveBeenCalled();
    expect(chart.dispose).not.toHaveBeenCalled();
  });

  it("lets go of what it has", () => {
    const { unmount } = show(<AIAnalysisChart chart={data} label="分布" />);
    act(() => vi.runAllTimers());
    unmount();
    expect(chart.dispose).toHaveBeenCalledTimes(1);
    expect(observed).toEqual([]);
  });
});
