import { describe, expect, it } from "vitest";
import { begun, changed, isChanged, undone } from "./history";

describe("a draft that is worked on", () => {
  it("goes back one change at a time, to what was read", () => {
    const worked = changed(changed(begun({ n: 1 }), { n: 2 }), { n: 3 });
    expect(undone(worked).now).toEqual({ n: 2 });
    expect(undone(undone(undone(worked))).now).toEqual({ n: 1 });
  });

  it("has nothing to save once a change was taken back by hand", () => {
    const worked = changed(begun({ n: 1 }), { n: 2 });
    expect(isChanged(worked)).toBe(true);
    expect(isChanged(changed(worked, { n: 1 }))).toBe(false);
  });
});
