import { describe, expect, it } from "vitest";
import { canStart, windowOf } from "@/features/courses/assignments/window";
import { anAssignment } from "@/test/things";

const now = new Date("2026-11-24T09:00:00Z");
const before = "2026-11-24T08:59:59Z";
const after = "2026-11-24T09:00:01Z";
const exactly = now.toISOString();

describe("a window", () => {
  it.each([
    [null, null, "open"],
    [exactly, null, "open"],
    [after, null, "upcoming"],
    [before, after, "open"],
    [before, exactly, "closed"],
    [null, before, "closed"],
  ])("from %s to %s is %s", (opens, closes, state) => expect(windowOf(opens, closes, now)).toBe(state));
});

describe("what a student can start", () => {
  const open = anAssignment({ my_opens_at: before, my_closes_at: after });
  it("is what is open and not begun", () => expect(canStart(open, now)).toBe(true));
  it("is not what has not opened", () => expect(canStart({ ...open, my_opens_at: after }, now)).toBe(false));
  it("is not what is done, with one attempt", () =>
    expect(canStart({ ...open, my_status: "completed" }, now)).toBe(false));
  it("is what is done, with another attempt allowed", () =>
    expect(canStart({ ...open, my_status: "completed", attempts_allowed: 2 }, now)).toBe(true));
  it("is what is being done, even after the window: its own clock decides", () =>
    expect(canStart({ ...open, my_status: "in_progress", my_closes_at: before }, now)).toBe(true));
});
