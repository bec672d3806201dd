import { describe, expect, it } from "vitest";
import { toCsv } from "@/lib/csv";

describe("a table for a spreadsheet", () => {
  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])("shows %j as text, never runs it", (text) => {
    expect(toCsv([[text]])).toBe(`\uFEFF'${text}\r\n`);
  });

  it("keeps commas, quotes and line ends inside their cell", () => {
    expect(toCsv([['a,"b"', "c\nd"]])).toBe('\uFEFF"a,""b""","c\nd"\r\n');
  });

  it("says that it is UTF-8, for Chinese names in Excel", () => {
    expect(toCsv([["王小明"]]).codePointAt(0)).toBe(0xfeff);
  });
});
