import { describe, expect, it } from "vitest";
import { evened, isWhole, retold, withoutLine } from "./criteria-rules";

const line = (key: string, weight: number) => ({ key, weight, text: { zh: "内容", en: "Content" }, levels: [] });
const criteria = { criteria: [{ objective: "O1", lines: [line("L1", 0.5), line("L2", 0.5), line("L3", 0.5)] }] };

describe("a rubric", () => {
  it("is brought to exactly a hundred per cent, in whole ones", () => {
    const [evenedOut] = evened(criteria, "O1").criteria;
    expect(evenedOut?.lines.map(({ weight }) => weight)).toEqual([0.34, 0.33, 0.33]);
    expect(isWhole(criteria.criteria[0]!)).toBe(false);
    expect(isWhole(evenedOut!)).toBe(true);
  });

  it("keeps its last line", () => {
    const one = { criteria: [{ objective: "O1", lines: [line("L1", 1)] }] };
    expect(withoutLine(one, "L1")).toEqual(one);
    expect(withoutLine(criteria, "L2").criteria[0]?.lines.map(({ key }) => key)).toEqual(["L1", "L3"]);
  });

  it("leaves the other language's words as they are", () => {
    expect(retold({ zh: "内容", en: "Content" }, "zh", "切题")).toEqual({ zh: "切题", en: "Content" });
    expect(retold({ zh: "内容", en: "" }, "zh", "切题")).toEqual({ zh: "切题", en: "切题" });
  });
});
