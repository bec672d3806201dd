import { describe, expect, it } from "vitest";
import { aSeat } from "@/test/things";
import { byAttention, clockText, countsOf, found, isRunning, type Student } from "./room-rules";

const here = aSeat({ id: 1, name: "王思远", student_number: "03" });
const away = aSeat({ id: 2, name: "李雨", student_number: "02", away_since: "2026-11-24T01:00:00Z" });
const offline = aSeat({ id: 3, name: "陈晨", student_number: "05", standing: "offline" });
const notHere = aSeat({ id: 4, name: "周全", student_number: "01", standing: "not_here", attempt: null, part: null });
const handedIn = aSeat({ id: 5, name: "赵一", student_number: "04", standing: "submitted", part: null });
const excused = aSeat({ ...notHere, id: 6, name: "孙可", student_number: "00", is_excused: true });
const all = [excused, handedIn, notHere, here, away, offline];

const names = (students: Student[]) => students.map(({ name }) => name);

describe("who is shown first", () => {
  it("in a room: lost, away, not here, then the rest; who is excused last", () => {
    expect(names(byAttention(all, "room"))).toEqual(["陈晨", "李雨", "周全", "王思远", "赵一", "孙可"]);
  });

  it("where each starts for themselves, not to be here is no alarm", () => {
    expect(names(byAttention(all, "personal"))).toEqual(["陈晨", "李雨", "王思远", "周全", "赵一", "孙可"]);
  });

  it("by number among equals, and the list given stays as it is", () => {
    const two = [aSeat({ id: 9, student_number: "9" }), aSeat({ id: 8, student_number: "8" })];
    expect(byAttention(two, "room").map(({ id }) => id)).toEqual([8, 9]);
    expect(two.map(({ id }) => id)).toEqual([9, 8]);
  });
});

describe("the counts", () => {
  it("are those of what each filter shows", () => {
    const counts = countsOf(all);
    expect(counts).toEqual({ all: 6, not_here: 2, present: 2, offline: 1, away: 1, ended: 1 });
    for (const [filter, count] of Object.entries(counts)) {
      expect(found(all, filter as keyof typeof counts, "")).toHaveLength(count);
    }
  });

  it("are narrowed by name or the beginning of a number", () => {
    expect(names(found(all, "all", " 思远 "))).toEqual(["王思远"]);
    expect(names(found(all, "all", "05"))).toEqual(["陈晨"]);
    expect(found(all, "all", "5")).toEqual([]);
  });
});

it("a clock runs for who is in the exam, present or not", () => {
  expect([here, away, offline].every(isRunning)).toBe(true);
  expect([notHere, handedIn, aSeat({ part: null })].some(isRunning)).toBe(false);
});

it.each([
  [0, "0:00"],
  [-500, "0:00"],
  [1, "0:01"],
  [65_000, "1:05"],
  [3_725_000, "1:02:05"],
])("%d ms left reads %s", (ms, text) => expect(clockText(ms)).toBe(text));
