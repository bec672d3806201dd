import { screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { Schema } from "@/client/types";
import { SeatsPage } from "@/features/seats/seats-page";
import { teacher } from "@/test/people";
import { ok, onApi, refusal } from "@/test/server";
import { show } from "@/test/show";
import { anAssignment } from "@/test/things";

const seat: Schema<"Seat"> = {
  attempt: "a1",
  student: 3,
  name: "王思远",
  student_number: "20260001",
  administrative_class: "英语2601",
  number: 1,
  state: "reading",
  part: "reading",
  part_remaining_ms: 10 * 60_000,
  remaining_ms: 10 * 60_000,
  slots: 57,
  answered: 31,
  last_saved_at: "2026-11-24T02:00:00Z",
  is_late_start: false,
  extra_ms: 0,
  gaps: 2,
  missed_ms: 14_000,
  replay: null,
  submitted_at: null,
  closed_at: null,
};
const closed: Schema<"Seat"> = {
  ...seat,
  attempt: "a2",
  name: "李静",
  state: "closed",
  closed_at: "2026-11-24T02:10:00Z",
};

const A_KEY = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;

function onSeats(items: Schema<"Seat">[]): void {
  onApi("get", "/assignments/:id", () => ok(anAssignment({ id: 1 })));
  onApi("get", "/assignments/:id/attempts", () => ok({ items, next: null }));
}

function onDecision(path: string, answer: () => Response): unknown[] {
  const sent: unknown[] = [];
  onApi("post", path, async (request) => {
    sent.push(await request.json());
    return answer();
  });
  return sent;
}

async function choose(user: ReturnType<typeof show>["user"], name: string, what: string) {
  await user.click(await screen.findByRole("button", { name: `处理：${name}` }));
  await user.click(await screen.findByRole("menuitem", { name: what }));
  return screen.findByRole("dialog");
}

describe("who sits an exam", () => {
  beforeEach(() => window.history.replaceState(null, "", "/assignments/1"));

  it("says where each is, and that nobody has begun", async () => {
    onSeats([seat]);
    const { unmount } = show(<SeatsPage />, { me: teacher });
    const line = await screen.findByRole("listitem");
    expect(line).toHaveTextContent("本部分还剩 10 分钟");
    expect(line).toHaveTextContent("已答 31 / 57");
    expect(line).toHaveTextContent("漏听 14 秒");
    unmount();
    onSeats([]);
    show(<SeatsPage />, { me: teacher });
    expect(await screen.findByText("还没有人开始")).toBeVisible();
    expect(screen.queryByRole("button", { name: "全体加时" })).not.toBeInTheDocument();
  });

  it("gives one student more time, for a reason that must be given", async () => {
    onSeats([seat]);
    const sent = onDecision("/attempts/:id/extensions", () => ok({}));
    const { user } = show(<SeatsPage />, { me: teacher });
    const dialog = await choose(user, "王思远", "加时");
    await user.click(await within(dialog).findByRole("button", { name: "加时" }));
    expect(await within(dialog).findByText("请填写这一项。")).toBeVisible();
    expect(sent).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "停电" }));
    await user.click(within(dialog).getByRole("button", { name: "加时" }));
    expect(await screen.findByText("已给 王思远 加时 5 分钟")).toBeVisible();
    expect(sent).toEqual([{ minutes: 5, reason: "停电", key: A_KEY }]);
  });

  it("gives it to all, says in the dialog why it could not, and sends the same decision again under the same key", async () => {
    onSeats([seat]);
    const answers = [refusal(409, "nobody_is_writing", "现在没有人在作答。"), ok({ extended: ["a1", "a2"] })];
    const sent = onDecision("/assignments/:id/extensions", () => answers.shift() as Response);
    const { user } = show(<SeatsPage />, { me: teacher });
    await user.click(await screen.findByRole("button", { name: "全体加时" }));
    const dialog = await screen.findByRole("dialog");
    await user.type(await within(dialog).findByLabelText("原因"), "火警演习");
    await user.click(within(dialog).getByRole("button", { name: "加时" }));
    expect(await within(dialog).findByText("现在没有人在作答。")).toBeVisible();
    await user.click(within(dialog).getByRole("button", { name: "加时" }));
    expect(await screen.findByText("已给 2 人各加时 5 分钟")).toBeVisible();
    expect(sent).toEqual([sent[0], sent[0]]);
    expect(sent[0]).toHaveProperty("key", A_KEY);
    await user.click(screen.getByRole("button", { name: "全体加时" }));
    answers.push(ok({ extended: ["a1"] }));
    const another = await screen.findByRole("dialog");
    await user.type(await within(another).findByLabelText("原因"), "火警演习");
    await user.click(within(another).getByRole("button", { name: "加时" }));
    expect(await screen.findByText("已给 1 人各加时 5 分钟")).toBeVisible();
    expect((sent[2] as { key: string }).key).not.toBe((sent[0] as { key: string }).key);
  });

  it("grants exactly what is chosen of what was missed", async () => {
    onSeats([seat]);
    const gap = { reason: "network", reported_at: "2026-11-24T01:50:00Z", grant: null };
    const gaps = [
      { ...gap, id: 7, from_ms: 187_000, to_ms: 195_000 },
      { ...gap, id: 8, from_ms: 300_000, to_ms: 306_000 },
    ];
    onApi("get", "/attempts/:id/audio-gaps", () => ok({ gaps, missed_ms: 14_000, grants: [] }));
    const sent = onDecision("/attempts/:id/audio-grants", () => ok({}, 201));
    const { user } = show(<SeatsPage />, { me: teacher });
    const dialog = await choose(user, "王思远", "补播听力");
    const [first, second] = await within(dialog).findAllByRole("checkbox");
    await user.click(first as HTMLElement);
    await user.click(second as HTMLElement);
    expect(within(dialog).getByRole("button", { name: "补播听力" })).toBeDisabled();
    await user.click(within(dialog).getByRole("checkbox", { name: /3:07 – 3:15/ }));
    await user.click(within(dialog).getByRole("button", { name: "网络故障" }));
    await user.click(within(dialog).getByRole("button", { name: "补播听力" }));
    expect(await screen.findByText("王思远 可以在 10 分钟内开始补听")).toBeVisible();
    expect(sent).toEqual([{ gaps: [7], minutes: 10, reason: "网络故障", key: A_KEY }]);
  });

  it("says where nothing was missed", async () => {
    onSeats([seat]);
    onApi("get", "/attempts/:id/audio-gaps", () => ok({ gaps: [], missed_ms: 0, grants: [] }));
    const { user } = show(<SeatsPage />, { me: teacher });
    const dialog = await choose(user, "王思远", "补播听力");
    expect(await within(dialog).findByText("没有报告漏听")).toBeVisible();
  });

  it("reopens what is closed, and only that", async () => {
    onSeats([seat, closed]);
    const sent = onDecision("/attempts/:id/reopenings", () => ok({}));
    const { user } = show(<SeatsPage />, { me: teacher });
    await user.click(await screen.findByRole("button", { name: "处理：王思远" }));
    expect(screen.queryByRole("menuitem", { name: "重新开放" })).not.toBeInTheDocument();
    await user.keyboard("{Escape}");
    const dialog = await choose(user, "李静", "重新开放");
    await user.type(within(dialog).getByLabelText("原因"), "误点了交卷");
    await user.click(within(dialog).getByRole("button", { name: "重新开放" }));
    expect(await screen.findByText("李静 可以接着作答了")).toBeVisible();
    expect(sent).toEqual([{ minutes: 0, reason: "误点了交卷", key: A_KEY }]);
  });
});
