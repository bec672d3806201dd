import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Schema } from "@/client/types";
import { NoticeBell } from "@/components/notices/notice-bell";
import { placeOfNotice } from "@/components/notices/place-of-notice";
import { NoticesPage } from "@/features/notices/notices-page";
import { student, teacher } from "@/test/people";
import { ok, onApi, refusal } from "@/test/server";
import { show } from "@/test/show";

type Notice = Schema<"NoticeOut">;
type About = Notice["about"];

const nothing: About = {
  title: "",
  course: null,
  course_name: "",
  assignment: null,
  attempt: null,
  closes_at: null,
  created: null,
  enrolled: null,
};

function aNotice(id: number, kind: Notice["kind"] = "assigned", about: Partial<About> = {}, is_read = false): Notice {
  const course = { title: "期末模拟", course: 5, course_name: "大学英语四级" };
  return { id, kind, at: "2026-11-24T01:00:00Z", is_read, about: { ...nothing, ...course, ...about } };
}

/** An inbox that keeps what is read; notices newest first. */
function inbox(...notices: Notice[]): { readings: unknown[]; rows: Notice[] } {
  const kept = { readings: [] as unknown[], rows: notices };
  const unread = () => kept.rows.filter((row) => !row.is_read).length;
  onApi("get", "/me/notices", () => ok({ items: kept.rows, next: null, unread: unread() }));
  onApi("post", "/me/notices/readings", async (request) => {
    const sent = (await request.json()) as Schema<"ReadingIn">;
    kept.readings.push(sent);
    const isMeant = (row: Notice) => (sent.and_older ? row.id <= sent.notice : row.id === sent.notice);
    kept.rows = kept.rows.map((row) => (isMeant(row) ? { ...row, is_read: true } : row));
    return ok({ unread: unread() });
  });
  return kept;
}

describe("the bell", () => {
  it("says how many are unread, and opens on them by keyboard", async () => {
    inbox(aNotice(3), aNotice(2, "marked", { attempt: "a-1" }), aNotice(1, "returned", {}, true));
    const { user } = show(<NoticeBell />, { me: student });
    await screen.findByRole("button", { name: "通知，2 条未读" });
    await user.tab();
    await user.keyboard("{Enter}");
    const panel = await screen.findByRole("dialog", { name: "通知" });
    const links = within(panel).getAllByRole("link").slice(0, 3);
    expect(links.map((link) => link.getAttribute("href"))).toEqual(["/courses/5", "/report/a-1", "/courses/5"]);
    expect(links[1]).toHaveTextContent("批改好了：期末模拟");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("does not count on beyond what anybody reads", async () => {
    onApi("get", "/me/notices", () => ok({ items: [], next: null, unread: 100 }));
    show(<NoticeBell />, { me: student });
    expect(await screen.findByRole("button", { name: "通知，99+ 条未读" })).toBeVisible();
  });

  it("marks what is followed as read, and only that", async () => {
    const kept = inbox(aNotice(2), aNotice(1));
    const { user } = show(<NoticeBell />, { me: student });
    await user.click(await screen.findByRole("button", { name: "通知，2 条未读" }));
    await user.click((await screen.findAllByRole("link", { name: /新任务/ }))[1]!);
    expect(await screen.findByRole("button", { name: "通知，1 条未读" })).toBeVisible();
    expect(kept.readings).toEqual([{ notice: 1, and_older: false }]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("reads all up to the newest that was shown", async () => {
    const kept = inbox(aNotice(7), aNotice(4));
    const { user } = show(<NoticeBell />, { me: student });
    await user.click(await screen.findByRole("button", { name: "通知，2 条未读" }));
    await user.click(await screen.findByRole("button", { name: "全部标为已读" }));
    expect(await screen.findByRole("button", { name: "通知，没有未读", hidden: true })).toBeVisible();
    expect(kept.readings).toEqual([{ notice: 7, and_older: true }]);
    expect(screen.queryByRole("button", { name: "全部标为已读" })).toBeNull();
  });

  it("says why it could not be read, and asks again", async () => {
    let isUp = false;
    const page = { items: [aNotice(1)], next: null, unread: 1 };
    onApi("get", "/me/notices", () => (isUp ? ok(page) : refusal(503, "busy", "服务器正忙。")));
    const { user } = show(<NoticeBell />, { me: student });
    await user.click(await screen.findByRole("button", { name: "通知，没有未读" }));
    expect(await screen.findByText("服务器正忙。")).toBeVisible();
    isUp = true;
    await user.click(screen.getByRole("button", { name: "重试" }));
    expect(await screen.findByText("新任务：期末模拟")).toBeVisible();
  });
});

describe("the page of notices", () => {
  it("speaks the reader's language and clock", async () => {
    inbox(
      aNotice(2, "due_soon", { closes_at: "2026-11-25T01:10:00Z" }),
      aNotice(1, "roster_imported", { created: 30, enrolled: 2 }),
    );
    show(<NoticesPage />, { me: teacher, locale: "en" });
    expect(await screen.findByText("Due soon: 期末模拟")).toBeVisible();
    expect(screen.getByText(/^Closes .*25.*, and you have not handed it in\.$/)).toBeVisible();
    expect(screen.getByText("New accounts: 30. Students with an account who joined: 2.")).toBeVisible();
    expect(screen.getByRole("link", { name: /Roster imported/ })).toHaveAttribute("href", "/courses/5?tab=students");
  });

  it.each([
    [student, "老师布置任务"],
    [teacher, "名单导入完成、有课程移交给你时"],
  ])("tells what will come while there is nothing", async (me, words) => {
    inbox();
    show(<NoticesPage />, { me });
    expect(await screen.findByText("还没有通知")).toBeVisible();
    expect(screen.getByText(new RegExp(words))).toBeVisible();
  });

  it("leads nowhere that does not exist", () => {
    expect(placeOfNotice({ kind: "marked", about: nothing })).toBe("/");
    expect(placeOfNotice({ kind: "assigned", about: nothing })).toBe("/notices");
  });
});
