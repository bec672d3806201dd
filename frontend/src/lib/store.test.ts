import { beforeEach, describe, expect, it } from "vitest";
import { PREFERENCES_KEY } from "@/lib/preferences";
import { useAppStore } from "@/lib/store";
import { student } from "@/test/people";

const store = () => useAppStore.getState();

/** Everything that scripts of this page can have left in the browser, but the journal of unsent answers. */
function keptByTheBrowser(): string {
  return [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie].join("\n");
}

beforeEach(() => {
  localStorage.clear();
  document.cookie = "siji_language=; max-age=0; path=/";
});

describe("what the browser keeps", () => {
  it("is what is preferred, and nothing of who is here or what they do", () => {
    store().signedIn(student);
    store().selectCourse(4711);
    store().filterCourses("archived");
    store().beginEdit(4711, { name: "改名中的课" });
    store().prefer({ theme: "dark", language: "en" });
    expect(JSON.parse(localStorage.getItem(PREFERENCES_KEY) ?? "")).toEqual({
      state: { preferences: { theme: "dark", language: "en", notifications: true } },
      version: 0,
    });
    for (const private_ of [student.name, student.username, student.student_number, "4711", "archived", "改名"])
      expect(keptByTheBrowser()).not.toContain(private_);
  });

  it("is there again after a reload", async () => {
    store().prefer({ theme: "dark", notifications: false });
    useAppStore.setState(useAppStore.getInitialState(), true);
    const kept = localStorage.getItem(PREFERENCES_KEY) ?? "";
    localStorage.setItem(PREFERENCES_KEY, kept.replace('"system"', '"dark"').replace("true", "false"));
    await useAppStore.persist.rehydrate();
    expect(store().preferences).toEqual({ theme: "dark", language: null, notifications: false });
  });

  it.each([
    ["nothing of ours", '{"state":{"preferences":{"theme":"<b>","language":"fr","notifications":"yes"}}}'],
    ["another shape", '{"state":{"theme":"dark","me":{"role":"admin"}}}'],
    ["no object", '{"state":null}'],
  ])("is the usual where it holds %s, and never says who is here", async (_, kept) => {
    localStorage.setItem(PREFERENCES_KEY, kept);
    await useAppStore.persist.rehydrate();
    expect(store().preferences).toEqual({ theme: "system", language: null, notifications: true });
    expect(store().me).toBeNull();
  });

  it("leads to the chosen language from the address without one", () => {
    store().prefer({ theme: "dark" });
    expect(document.cookie).not.toContain("siji_language");
    store().prefer({ language: "en" });
    expect(document.cookie).toContain("siji_language=en");
  });
});

describe("signing out", () => {
  it("leaves nothing of the person and keeps what is preferred", () => {
    store().prefer({ theme: "dark" });
    store().signedIn(student);
    store().selectCourse(5);
    store().filterCourses("draft");
    store().beginEdit(5, { name: "改名" });
    store().signedOut();
    expect(store()).toMatchObject({
      me: null,
      session: "out",
      selectedCourse: null,
      courseFilter: "all",
      courseEdits: [],
    });
    expect(store().preferences.theme).toBe("dark");
  });
});

describe("an edit under way", () => {
  it("ends alone: what was changed meanwhile stays changed", () => {
    const first = store().beginEdit(5, { name: "一" });
    const second = store().beginEdit(5, { status: "active" });
    store().endEdit(first);
    expect(store().courseEdits).toEqual([{ key: second, course: 5, change: { status: "active" } }]);
  });
});
