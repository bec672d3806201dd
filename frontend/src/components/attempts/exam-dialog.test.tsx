import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { StartAssignment } from "@/components/attempts/start-assignment";
import { student } from "@/test/people";
import { went } from "@/test/navigation";
import { ok, onApi, refusal } from "@/test/server";
import { show } from "@/test/show";
import { anAssignment } from "@/test/things";

function onStart(): unknown[] {
  const sent: unknown[] = [];
  onApi("post", "/attempts", async (request) => {
    sent.push(await request.json());
    return ok({ id: "a1" }, 201);
  });
  return sent;
}

describe("starting what is set", () => {
  it("tells of the clock and the locks before an exam, and begins only when told to", async () => {
    const sent = onStart();
    const { user } = show(<StartAssignment assignment={anAssignment()} />, { me: student });
    await user.click(screen.getByRole("button", { name: "开始考试" }));
    const dialog = await screen.findByRole("dialog");
    expect(dialog).toHaveTextContent("计时不能暂停");
    expect(dialog).toHaveTextContent("听力只放一遍");
    expect(sent).toEqual([]);
    await user.click(screen.getByRole("button", { name: "现在开始" }));
    await expect.poll(() => went.push.mock.calls).toEqual([["/attempt/a1"]]);
    expect(sent).toEqual([{ paper: 3, mode: "exam", assignment: 1, sections: [] }]);
  });

  it("does not speak of listening where there is none", async () => {
    const { user } = show(<StartAssignment assignment={anAssignment({ sections: ["writing"] })} />, { me: student });
    await user.click(screen.getByRole("button", { name: "开始考试" }));
    expect(await screen.findByRole("dialog")).not.toHaveTextContent("听力只放一遍");
  });

  it("goes straight back into an exam that is running: every second counts", async () => {
    onStart();
    const running = anAssignment({ my_status: "in_progress" });
    const { user } = show(<StartAssignment assignment={running} />, { me: student });
    await user.click(screen.getByRole("button", { name: "继续作答" }));
    await expect.poll(() => went.push.mock.calls).toEqual([["/attempt/a1"]]);
  });

  it("says in the dialog why it may not begin", async () => {
    onApi("post", "/attempts", () => refusal(409, "window_closed", "已经过了截止时间。"));
    const { user } = show(<StartAssignment assignment={anAssignment()} />, { me: student });
    await user.click(screen.getByRole("button", { name: "开始考试" }));
    await user.click(await screen.findByRole("button", { name: "现在开始" }));
    expect(await screen.findByText("已经过了截止时间。")).toBeVisible();
    expect(went.push).not.toHaveBeenCalled();
  });
});
