import { describe, expect, it } from "vitest";
import { amountShape, toMicro, toYuan, yuan } from "@/lib/money";

describe("money", () => {
  it.each([
    ["1.5", 1_500_000],
    ["0.04", 40_000],
    ["0.000001", 1],
    ["20", 20_000_000],
  ])("reads %s as %d micro-yuan and writes it back", (typed, micro) => {
    expect(toMicro(typed)).toBe(micro);
    expect(Number(toYuan(micro))).toBe(Number(typed));
  });

  it("takes amounts that the server can hold and nothing else", () => {
    expect(["0", "999999", "0.000001"].every((text) => amountShape.test(text))).toBe(true);
    expect(["", "-1", "1e3", "0.0000001", "1,5", "1000000"].some((text) => amountShape.test(text))).toBe(false);
  });

  it.each([
    [0, "¥0.00"],
    [12_345_678, "¥12.35"],
    [45_600, "¥0.0456"],
    [127, "¥0.000127"],
  ])("shows %d as %s", (micro, text) => {
    expect(yuan(micro)).toBe(text);
  });
});
