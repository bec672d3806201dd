import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { SessionGate } from "@/components/shell/session-gate";
import { SignedIn } from "@/components/shell/signed-in";
import { useAppStore, useUser } from "@/lib/store";
import { student } from "@/test/people";
import { went } from "@/test/navigation";
import { ok, onApi, refusal } from "@/test/server";
import { show } from "@/test/show";

function Page() {
  return <p>你好，{useUser().name}</p>;
}

function showGate() {
  return show(
    <SessionGate passwordChange={<p>请先设置新密码</p>} signInOverPage={<p>登录窗口</p>}>
      <SignedIn waiting={<p>课程列表的框架</p>}>
        <Page />
      </SignedIn>
    </SessionGate>,
  );
}

describe("the gate before every page", () => {
  it("shows the page to whom the server knows", async () => {
    onApi("get", "/me", () => ok({ ...student }));
    showGate();
    expect(await screen.findByText("你好，王思远")).toBeVisible();
  });

  it("shows what is the same for everybody while it asks", async () => {
    let answer: (response: Response) => void = () => undefined;
    onApi("get", "/me", () => new Promise<Response>((resolve) => (answer = resolve)));
    showGate();
    expect(screen.getByText("课程列表的框架")).toBeVisible();
    await expect.poll(() => answer.length).toBe(1);
    answer(ok({ ...student }));
    expect(await screen.findByText("你好，王思远")).toBeVisible();
    expect(screen.queryByText("课程列表的框架")).toBeNull();
  });

  it("sends others to sign in, and remembers where they wanted to go", async () => {
    onApi("get", "/me", () => refusal(401, "signed_out", "请先登录。"));
    window.history.replaceState(null, "", "/zh/courses/5?tab=results");
    showGate();
    await expect.poll(() => went.replace.mock.calls).toEqual([["/sign-in?next=%2Fcourses%2F5%3Ftab%3Dresults"]]);
    expect(screen.queryByText(/你好/)).toBeNull();
  });

  it("lets nobody past a password that others have seen", async () => {
    onApi("get", "/me", () => ok({ ...student, must_change_password: true }));
    showGate();
    expect(await screen.findByText("请先设置新密码")).toBeVisible();
    expect(screen.queryByText(/你好/)).toBeNull();
  });

  it("says that the server is not reached, and asks again", async () => {
    let isUp = false;
    onApi("get", "/me", () => (isUp ? ok({ ...student }) : refusal(503, "busy", "服务器正忙，请稍后再试。")));
    const { user } = showGate();
    expect(await screen.findByText("服务器正忙，请稍后再试。")).toBeVisible();
    isUp = true;
    await user.click(screen.getByRole("button", { name: "重试" }));
    expect(await screen.findByText("你好，王思远")).toBeVisible();
  });

  it("keeps the page as it is while the session is asked for again", async () => {
    useAppStore.getState().signedIn(student);
    showGate();
    useAppStore.getState().expired();
    expect(await screen.findByText("你好，王思远")).toBeVisible();
  });
});
