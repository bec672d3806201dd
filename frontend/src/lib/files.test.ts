import { describe, expect, it } from "vitest";
import { nameOf } from "@/lib/files";

describe("the name of a file from the server", () => {
  it.each([
    ["attachment; filename*=utf-8''%E6%88%90%E7%BB%A9.xlsx", "成绩.xlsx"],
    ['attachment; filename="A \\"good\\" class.xlsx"', 'A "good" class.xlsx'],
    ["attachment; filename*=utf-8''%E6%88.xlsx", "results.xlsx"],
    ["attachment", "results.xlsx"],
    [null, "results.xlsx"],
  ])("of %s is %s", (disposition, name) => expect(nameOf(disposition, "results.xlsx")).toBe(name));
});
