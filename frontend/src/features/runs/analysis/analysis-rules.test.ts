import { describe, expect, it } from "vitest";
import { anAnalysis } from "@/test/runs";
import { balanced, depthOf, flat, isWhole, pointOf, sumOf, withoutPoint, withPoint } from "./analysis-rules";

const weightsOf = (analysis: ReturnType<typeof anAnalysis>) =>
  Object.fromEntries(
    flat(analysis.points as never).map(({ point }) => [point.key, Math.round(point.weight * 1000) / 1000]),
  );

const read = () => anAnalysis() as never as Parameters<typeof withPoint>[0] & ReturnType<typeof anAnalysis>;

describe("the tree of points", () => {
  it("is as deep as its deepest point", () => expect(depthOf(read().points)).toBe(3));

  it("shares a new weight out below, and adds it up above", () => {
    expect(weightsOf(withPoint(read(), "P1", { weight: 0.3 }) as never)).toMatchObject({ "P1.1": 0.2, "P1.2": 0.1 });
    expect(weightsOf(withPoint(read(), "P1.2", { weight: 0.4 }) as never)).toMatchObject({ P1: 0.8, "P1.1": 0.4 });
  });

  it("loses a point with all below it, and is brought back to a whole", () => {
    const less = withoutPoint(read(), "P1.1");
    expect(pointOf(less.points, "P1.1.1")).toBeNull();
    expect(isWhole(less)).toBe(false);
    expect(sumOf(balanced(less).points)).toBeCloseTo(1);
    expect(isWhole(balanced(less))).toBe(true);
  });

  it("changes a name and no weight", () => {
    const renamed = withPoint(read(), "P1.1.1", { title: "听主旨" });
    expect(pointOf(renamed.points, "P1.1.1")?.title).toBe("听主旨");
    expect(weightsOf(renamed as never)).toEqual(weightsOf(anAnalysis()));
  });
});
