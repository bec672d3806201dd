import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { HandOver } from "@/features/courses/hand-over";
import type { Course } from "@/features/courses/use-course";
import { teacher } from "@/test/people";
import { ok, onApi, refusal } from "@/test/server";
import { show } from "@/test/show";

const course = { id: 5, name: "大学英语四级" } as Course;

describe("handing a course over", () => {
  it("says what is lost, why it was refused, and to whom it went", async () => {
    const answers = [
      refusal(422, "unknown_teacher", "没有用这个账号的老师，请核对后再填。"),
      ok({ id: 9, name: "陈老师" }),
    ];
    const sent: unknown[] = [];
    onApi("put", "/courses/5/teacher", async (request) => {
      sent.push(await request.json());
      return answers.shift() as Response;
    });
    const { user } = show(<HandOver course={course} open onOpenChange={() => undefined} />, { me: teacher });
    const dialog = await screen.findByRole("dialog");
    expect(dialog).toHaveTextContent("你就看不到这门课了");
    await user.type(within(dialog).getByLabelText("新老师的账号"), "chen");
    await user.click(within(dialog).getByRole("button", { name: "移交课程" }));
    expect(await within(dialog).findByText("没有用这个账号的老师，请核对后再填。")).toBeVisible();
    await user.click(within(dialog).getByRole("button", { name: "移交课程" }));
    expect(await screen.findByText("课程已移交给 陈老师")).toBeVisible();
    expect(sent).toEqual([{ username: "chen" }, { username: "chen" }]);
  });

  it("asks for the teacher beside the field, and sends nothing without one", async () => {
    const sent: unknown[] = [];
    onApi("put", "/courses/5/teacher", () => (sent.push(1), ok({ id: 9, name: "陈老师" })));
    const { user } = show(<HandOver course={course} open onOpenChange={() => undefined} />, { me: teacher });
    const field = await screen.findByLabelText("新老师的账号");
    await user.type(field, "  ");
    await user.click(screen.getByRole("button", { name: "移交课程" }));
    expect(field).toHaveAccessibleDescription("请填写这一项。");
    expect(field).toBeInvalid();
    expect(sent).toEqual([]);
    await user.type(field, "chen");
    expect(field).toBeValid();
    await user.click(screen.getByRole("button", { name: "移交课程" }));
    await expect.poll(() => sent).toEqual([1]);
  });
});
