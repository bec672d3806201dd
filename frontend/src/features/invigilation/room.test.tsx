import { act, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RoomPage } from "@/features/invigilation/room-page";
import { teacher } from "@/test/people";
import { ok, onApi, refusal } from "@/test/server";
import { show } from "@/test/show";
import { Stream } from "@/test/stream";
import { aRoom, aSeat } from "@/test/things";

/** Stands in for the browser's EventSource: the test says what comes. */
let asked = 0;
let room = aRoom();

beforeEach(() => {
  window.history.replaceState(null, "", "/rooms/7");
  vi.stubGlobal("EventSource", Stream);
  Stream.opened = [];
  asked = 0;
  room = aRoom({ students: [aSeat({ id: 1, name: "王思远" }), aSeat({ id: 2, name: "李雨", standing: "offline" })] });
  onApi("get", "/assignments/7/room", () => ((asked += 1), ok(room)));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const stream = () => Stream.opened[Stream.opened.length - 1] as Stream;

describe("a room", () => {
  it("shows everybody as they stand, and follows the stream", async () => {
    show(<RoomPage />, { me: teacher });
    expect(await screen.findByText("李雨")).toBeVisible();
    expect(screen.getByText("每 5 秒更新")).toBeVisible();
    expect(stream().url).toBe("/api/v1/assignments/7/room/events");
    stream().tells({ ...room, students: [aSeat({ id: 1, name: "王思远", standing: "submitted", part: null })] });
    expect(screen.getByText("实时")).toBeVisible();
    expect(screen.queryByText("李雨")).not.toBeInTheDocument();
    expect(screen.getByRole("button", { name: /已结束\s*1/ })).toBeVisible();
  });

  it("asks every five seconds while the stream is broken, and not while it is there", async () => {
    show(<RoomPage />, { me: teacher });
    await screen.findByText("李雨");
    vi.useFakeTimers({ shouldAdvanceTime: true });
    stream().tells(room);
    const before = asked;
    await act(() => vi.advanceTimersByTimeAsync(30_000));
    expect(asked).toBe(before);
    stream().breaks();
    expect(screen.getByText("每 5 秒更新")).toBeVisible();
    await act(() => vi.advanceTimersByTimeAsync(11_000));
    expect(asked).toBeGreaterThanOrEqual(before + 2);
  });

  it("opens a stream again that was refused", async () => {
    show(<RoomPage />, { me: teacher });
    await screen.findByText("李雨");
    vi.useFakeTimers({ shouldAdvanceTime: true });
    stream().breaks(true);
    await act(() => vi.advanceTimersByTimeAsync(16_000));
    expect(Stream.opened).toHaveLength(2);
  });

  it("tries no stream where the room is refused", async () => {
    onApi("get", "/assignments/7/room", () => refusal(409, "not_an_exam", "这个作业是练习，没有考场。"));
    show(<RoomPage />, { me: teacher });
    expect(await screen.findByText("这个作业是练习，没有考场。")).toBeVisible();
    expect(Stream.opened).toHaveLength(0);
  });

  it("shows only whom a filter counts", async () => {
    const { user } = show(<RoomPage />, { me: teacher });
    await user.click(await screen.findByRole("button", { name: /离线\s*1/ }));
    const list = screen.getByRole("list", { name: "学生" });
    expect(within(list).getAllByRole("listitem")).toHaveLength(1);
    expect(within(list).getByText("李雨")).toBeVisible();
  });

  it("is started for everybody after one question", async () => {
    room = aRoom({ start: "room", room_started_at: null, students: [aSeat({ part: null })] });
    let started = 0;
    onApi("post", "/assignments/7/room-start", () => ((started += 1), ok({})));
    const { user } = show(<RoomPage />, { me: teacher });
    await user.click(await screen.findByRole("button", { name: "开考" }));
    expect(started).toBe(0);
    const dialog = await screen.findByRole("dialog");
    expect(dialog).toHaveTextContent("已到 1 / 1 人");
    await user.click(within(dialog).getByRole("button", { name: "开考" }));
    await expect.poll(() => started).toBe(1);
  });

  it("gives everybody who writes more time in one decision, and reads the room again", async () => {
    room = aRoom({ students: [aSeat({ id: 1 }), aSeat({ id: 2 })] });
    const bodies: unknown[] = [];
    onApi("post", "/assignments/7/extensions", async (request) => {
      bodies.push(await request.json());
      return ok({ extended: ["a1", "a2"] });
    });
    const { user } = show(<RoomPage />, { me: teacher });
    await user.click(await screen.findByRole("button", { name: "全体加时" }));
    const dialog = await screen.findByRole("dialog");
    await user.type(await within(dialog).findByLabelText("原因"), "停电");
    const before = asked;
    await user.click(within(dialog).getByRole("button", { name: "加时" }));
    await expect.poll(() => bodies).toMatchObject([{ minutes: 5, reason: "停电" }]);
    await expect.poll(() => asked).toBeGreaterThan(before);
  });

  it("offers for each student what can be decided about them now", async () => {
    room = aRoom({
      students: [
        aSeat({ id: 1, name: "王思远", missed_audio_ms: 4000 }),
        aSeat({ id: 2, name: "李雨", standing: "submitted", part: null }),
      ],
    });
    const { user } = show(<RoomPage />, { me: teacher });
    await user.click(await screen.findByRole("button", { name: "更多操作：王思远" }));
    const items = () => screen.getAllByRole("menuitem").map((item) => item.textContent);
    expect(items()).toEqual(["加时", "补播听力", "离开页面的记录"]);
    await user.keyboard("{Escape}");
    await user.click(screen.getByRole("button", { name: "更多操作：李雨" }));
    expect(items()).toEqual(["离开页面的记录", "重新开放", "看报告"]);
  });

  it("shows when a student left the page", async () => {
    room = aRoom({ students: [aSeat({ name: "李雨", attempt: "a2", absences: 2 })] });
    const absences = [
      { left_at: "2026-11-24T01:00:00Z", back_at: "2026-11-24T01:01:30Z" },
      { left_at: "2026-11-24T01:20:00Z", back_at: null },
    ];
    onApi("get", "/attempts/a2/absences", () => ok({ absences }));
    const { user } = show(<RoomPage />, { me: teacher });
    await user.click(await screen.findByRole("button", { name: "查看 李雨 离开页面的记录" }));
    const dialog = await screen.findByRole("dialog");
    expect(await within(dialog).findByText("1:30")).toBeVisible();
    expect(dialog).toHaveTextContent("还没有回来");
  });
});
