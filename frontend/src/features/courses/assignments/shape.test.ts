import { describe, expect, it } from "vitest";
import { bodyOf, changeOf } from "@/features/courses/assignments/body";
import { assignmentShape, formOf, type AssignmentForm } from "@/features/courses/assignments/shape";
import { anAssignment } from "@/test/things";

const filled: AssignmentForm = { ...formOf(null), paper: "3", title: "模拟考试" };

function reasons(form: AssignmentForm): string[] {
  const read = assignmentShape.safeParse(form);
  return read.success ? [] : read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
}

function fields(form: AssignmentForm) {
  return assignmentShape.parse(form);
}

describe("the form of an assignment", () => {
  it("takes what is filled in", () => expect(reasons(filled)).toEqual([]));

  it.each([
    ["no paper", { paper: "" }, "paper: required"],
    ["a blank title", { title: "  " }, "title: required"],
    ["some sections but none chosen", { scope: "some" as const }, "sections: chooseSection"],
    ["no attempt", { attempts_allowed: "0" }, "attempts_allowed: attemptsBetween"],
    ["too many attempts", { attempts_allowed: "21" }, "attempts_allowed: attemptsBetween"],
    [
      "a window that ends before it begins",
      { opens_at: "2026-11-24T10:00", closes_at: "2026-11-24T09:00" },
      "closes_at: closesBeforeOpens",
    ],
    ["keys after an end that is not set", { key_release: "after_window" as const }, "key_release: keyReleaseNeedsEnd"],
  ])("refuses %s", (_, change, reason) => expect(reasons({ ...filled, ...change })).toEqual([reason]));

  it("sends no sections for the whole paper, whatever was ticked before", () => {
    expect(bodyOf(fields({ ...filled, sections: ["writing"] })).sections).toEqual([]);
  });

  it("sends chosen sections in the paper's order", () => {
    const form: AssignmentForm = { ...filled, scope: "some", sections: ["translation", "listening-a", "writing"] };
    expect(bodyOf(fields(form)).sections).toEqual(["writing", "listening-a", "translation"]);
  });

  it("sends times as moments, and none as none", () => {
    const body = bodyOf(fields({ ...filled, opens_at: "2026-11-24T09:10" }));
    expect(body.opens_at).toBe(new Date(2026, 10, 24, 9, 10).toISOString());
    expect(body.closes_at).toBeNull();
  });

  it("has no room's start in practice", () => {
    expect(bodyOf(fields({ ...filled, mode: "practice", start: "room" })).start).toBe("personal");
  });

  it("reads an assignment and sends it back unchanged", () => {
    const assignment = anAssignment({
      sections: ["listening-a"],
      opens_at: "2026-11-24T01:10:00.000Z",
      closes_at: "2026-11-30T15:59:00.000Z",
      key_release: "after_window",
    });
    expect(assignment).toMatchObject(bodyOf(fields(formOf(assignment))));
  });

  it("leaves paper, sections and mode out of a change that keeps them: they are fixed once somebody has begun", () => {
    const before = anAssignment();
    const change = changeOf(fields({ ...formOf(before), title: "新标题" }), before);
    expect(change).toMatchObject({ title: "新标题" });
    expect(Object.keys(change)).not.toEqual(expect.arrayContaining(["paper"]));
    expect(changeOf(fields({ ...formOf(before), mode: "practice" }), before)).toMatchObject({
      mode: "practice",
      paper: 3,
    });
  });
});
