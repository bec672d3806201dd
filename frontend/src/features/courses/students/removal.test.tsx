import { screen } from "@testing-library/react";
import { HttpResponse } from "msw";
import { describe, expect, it } from "vitest";
import { StudentTable } from "@/features/courses/students/student-table";
import { teacher } from "@/test/people";
import { ok, onApi, refusal } from "@/test/server";
import { show } from "@/test/show";

const student = {
  id: 11,
  username: "20260001",
  name: "王思远",
  student_number: "20260001",
  administrative_class: "英语2601",
  progress: 50,
  completed_assignments: 1,
  joined_at: "2026-09-01T00:00:00Z",
};

async function remove() {
  const { user } = show(<StudentTable course_id={5} rows={[student]} />, { me: teacher });
  await user.click(screen.getByRole("button", { name: "更多操作：王思远" }));
  await user.click(await screen.findByRole("menuitem", { name: "移出课程" }));
  return user;
}

describe("removing a student", () => {
  it("can be undone at once", async () => {
    const calls: string[] = [];
    onApi("delete", "/courses/5/students/11", () => (calls.push("removed"), new HttpResponse(null, { status: 204 })));
    onApi("post", "/courses/5/students/11", () => (calls.push("restored"), ok({ ...student })));
    const user = await remove();
    await user.click(await screen.findByRole("button", { name: "撤销" }));
    expect(await screen.findByText("王思远 已回到课程")).toBeVisible();
    expect(calls).toEqual(["removed", "restored"]);
  });

  it("says why it was refused", async () => {
    onApi("delete", "/courses/5/students/11", () => refusal(409, "archived", "课程已归档，不能修改。"));
    await remove();
    expect(await screen.findByText("课程已归档，不能修改。")).toBeVisible();
  });
});
