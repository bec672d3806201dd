import { screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SoundCheck } from "@/components/attempts/sound-check";
import { StartAssignment } from "@/components/attempts/start-assignment";
import { student } from "@/test/people";
import { show } from "@/test/show";
import { anAssignment } from "@/test/things";

/** What a browser has for sound; `allows` says whether it lets a page sound that was tapped. */
const browser = { allows: true, opened: 0, notes: [] as number[] };

class FakeContext {
  state = "suspended";
  currentTime = 0;
  destination = {};
  constructor() {
    browser.opened += 1;
  }
  resume(): Promise<void> {
    if (!browser.allows) return new Promise(() => undefined);
    this.state = "running";
    return Promise.resolve();
  }
  createGain() {
    return { gain: { setValueAtTime: vi.fn(), linearRampToValueAtTime: vi.fn() }, connect: (to: unknown) => to };
  }
  createOscillator() {
    const frequency = { value: 0 };
    const start = () => browser.notes.push(frequency.value);
    return { frequency, start, stop: vi.fn(), connect: (to: unknown) => to };
  }
}

async function freshCheck() {
  // Each page has a sound of its own: the module keeps it for as long as the page lives.
  vi.resetModules();
  const fresh = await import("@/components/attempts/sound-check");
  return fresh.SoundCheck;
}

beforeEach(() => {
  Object.assign(browser, { allows: true, opened: 0, notes: [] });
  vi.stubGlobal("AudioContext", FakeContext);
});
afterEach(() => vi.unstubAllGlobals());

describe("the sound check before an exam", () => {
  it("plays three rising notes at a tap, and asks whether they were heard", async () => {
    const { user } = show(<SoundCheck />, { me: student });
    expect(browser.notes).toEqual([]);
    await user.click(screen.getByRole("button", { name: "试听提示音" }));
    await user.click(await screen.findByRole("button", { name: "听到了" }, { timeout: 3000 }));
    expect(screen.getByRole("status")).toHaveTextContent("声音正常");
    expect(browser.notes).toHaveLength(3);
    expect([...browser.notes].sort((one, other) => one - other)).toEqual(browser.notes);
  });

  it("says what to do where nothing was heard, and tries again with the sound it has opened", async () => {
    const Check = await freshCheck();
    const { user } = show(<Check />, { me: student });
    await user.click(screen.getByRole("button", { name: "试听提示音" }));
    await user.click(await screen.findByRole("button", { name: "没听到" }, { timeout: 3000 }));
    expect(screen.getByRole("status")).toHaveTextContent("静音开关");
    expect(screen.getAllByRole("listitem")).toHaveLength(4);
    await user.click(screen.getByRole("button", { name: "再试一次" }));
    expect(await screen.findByText("听到三声提示音了吗？", {}, { timeout: 3000 })).toBeVisible();
    expect(browser.opened).toBe(1);
  });

  it("tells a browser that keeps the page silent from headphones that are off", async () => {
    browser.allows = false;
    const Check = await freshCheck();
    const { user } = show(<Check />, { me: student });
    await user.click(screen.getByRole("button", { name: "试听提示音" }));
    expect(await screen.findByText(/浏览器没有让这个页面出声/, {}, { timeout: 3000 })).toBeVisible();
    expect(browser.notes).toEqual([]);
    expect(screen.queryByText("听到三声提示音了吗？")).toBeNull();
  });

  it("says before the exam that a browser cannot play it at all", () => {
    vi.stubGlobal("AudioContext", undefined);
    show(<SoundCheck />, { me: student, locale: "en" });
    expect(screen.getByRole("alert")).toHaveTextContent("no Web Audio");
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("is offered where there is listening, and only there", async () => {
    const { user } = show(<StartAssignment assignment={anAssignment()} />, { me: student });
    await user.click(screen.getByRole("button", { name: "开始考试" }));
    expect(await screen.findByRole("button", { name: "试听提示音" })).toBeVisible();
  });

  it("is not offered for a paper without it", async () => {
    const { user } = show(<StartAssignment assignment={anAssignment({ sections: ["writing"] })} />, { me: student });
    await user.click(screen.getByRole("button", { name: "开始考试" }));
    await screen.findByRole("dialog");
    expect(screen.queryByRole("button", { name: "试听提示音" })).toBeNull();
  });
});
