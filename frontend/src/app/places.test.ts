import { describe, expect, it } from "vitest";
import { isHere, navigationOf } from "@/components/shell/places";
import { nextPlace } from "@/features/accounts/next-place";
import { idOf } from "@/lib/path";
import { fromLocalInput, toLocalInput } from "@/lib/time";

describe("the place after sign-in", () => {
  it("is where one wanted to go", () =>
    expect(nextPlace("?next=%2Fcourses%2F5%3Ftab%3Dresults", "student")).toBe("/courses/5?tab=results"));

  it.each(["", "?next=https://evil.example", "?next=//evil.example", "?next=/\\evil.example", "?next=/sign-in"])(
    "is home for %j",
    (search) => expect(nextPlace(search, "student")).toBe("/"),
  );

  it("is a home for students and teachers, and for administrators their work", () => {
    expect(nextPlace("", "teacher")).toBe("/");
    expect(nextPlace("", "admin")).toBe("/people");
  });
});

describe("the id of a page", () => {
  it.each([
    ["/courses/12", "12"],
    ["/attempt/0d6b3e1c-1/", "0d6b3e1c-1"],
    ["/courses", null],
    ["/", null],
  ])("of %s is %s", (path, id) => expect(idOf(path)).toBe(id));
});

describe("navigation", () => {
  it("shows nobody the places of another role", () => {
    expect(navigationOf("student").map((it) => it.name)).not.toContain("marking");
    expect(navigationOf("teacher").map((it) => it.name)).not.toContain("people");
  });

  it("marks a place also on the pages below it, home only on itself", () => {
    expect(isHere("/courses", "/courses/5")).toBe(true);
    expect(isHere("/courses", "/coursesx")).toBe(false);
    expect(isHere("/", "/courses")).toBe(false);
  });
});

describe("a moment in a form", () => {
  it("goes there and back to the minute", () => {
    expect(fromLocalInput(toLocalInput("2026-11-24T01:10:00.000Z"))).toBe("2026-11-24T01:10:00.000Z");
    expect(toLocalInput(null)).toBe("");
    expect(fromLocalInput("")).toBeNull();
  });
});
