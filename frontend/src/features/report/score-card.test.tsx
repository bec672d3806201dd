import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { hasChoices, SectionsCard } from "./score-card";
import type { Report } from "./use-report";
import { show } from "@/test/show";

const writing = { key: "writing", raw: null, provisional: 9, raw_of: 15, correct: 0, items: 1 };
const reading = { key: "reading-c", raw: 14, provisional: null, raw_of: 20, correct: 7, items: 10 };

function report(sections: object[], raw: number, raw_of: number): Report {
  return { sections, raw, raw_of } as unknown as Report;
}

describe("the sums of a report", () => {
  it("says that nothing is marked instead of nought out of nought", () => {
    show(<SectionsCard report={report([writing], 0, 0)} />);
    expect(screen.getByText("还没有批改完的部分")).toBeVisible();
    expect(screen.queryByText("满分 0")).toBeNull();
  });

  it("shows what has been marked so far", () => {
    show(<SectionsCard report={report([writing, reading], 14, 20)} />);
    expect(screen.getByText("满分 20")).toBeVisible();
    expect(screen.getByText("已有批改部分的得分")).toBeVisible();
  });

  it("knows whether there were choices, whose traps and skills can be counted", () => {
    expect(hasChoices(report([writing], 0, 0))).toBe(false);
    expect(hasChoices(report([writing, reading], 14, 20))).toBe(true);
  });
});
