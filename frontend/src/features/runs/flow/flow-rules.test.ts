import { describe, expect, it } from "vitest";
import { aRun, aStage } from "@/test/runs";
import { flowOf, measured, totalsOf } from "./flow-rules";

describe("the graph of a run", () => {
  it("has every stage, the rounds of each below it, and the end", () => {
    const { nodes, edges } = flowOf(aRun());
    expect(nodes.map(({ id }) => id)).toEqual([
      ...["analysis", "analysis-round-1", "analysis-round-2", "plan", "questions", "criteria", "end"],
    ]);
    expect(edges.map(({ source, target }) => `${source} ${target}`)).toContain("analysis-round-1 analysis-round-2");
    expect(edges.filter(({ target }) => target === "end")).toHaveLength(1);
  });

  it("moves only towards what is being worked on", () => {
    const stages = [aStage({ state: "approved" }), aStage({ name: "plan", state: "running", rounds: [] })];
    const moving = flowOf({ stages, state: "running" }).edges.filter(({ isMoving }) => isMoving);
    expect(moving.map(({ id }) => id)).toEqual(["analysis-plan"]);
  });

  it("shows the newest rounds where there are many, and all are in the sums", () => {
    const round = aStage().rounds[0]!;
    const rounds = [1, 2, 3, 4, 5, 6].map((number) => ({ ...round, number }));
    const { nodes } = flowOf({ stages: [aStage({ rounds })], state: "review" });
    expect(nodes.filter(({ kind }) => kind === "round")).toHaveLength(4);
    expect(totalsOf({ rounds }).milliseconds).toBe(9000);
  });
});

describe("a measure", () => {
  it("is a share in per cent or a count", () => {
    expect(measured(0.967, { goal: 0.95, better: "up" })).toBe("97%");
    expect(measured(3, { goal: 0, better: "down" })).toBe("3");
  });
});
