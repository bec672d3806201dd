import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { SignInForm } from "@/features/accounts/sign-in-form";
import { minutes } from "@/features/accounts/waiting";
import { useAppStore } from "@/lib/store";
import { student } from "@/test/people";
import { ok, onApi, refusal } from "@/test/server";
import { show } from "@/test/show";

async function tryToSignIn(locale: "zh" | "en" = "zh") {
  const onSignedIn = vi.fn();
  const { user, container } = show(<SignInForm onSignedIn={onSignedIn} />, { locale });
  const [username, password] = [...container.querySelectorAll("input")] as [HTMLInputElement, HTMLInputElement];
  await user.type(username, " student ");
  await user.type(password, "secret-4");
  await user.click(screen.getByRole("button", { name: locale === "zh" ? "登录" : "Sign in" }));
  return { user, onSignedIn, password };
}

describe("signing in", () => {
  it("sends the name without blanks around it, and keeps who came in", async () => {
    let sent: unknown;
    onApi("post", "/session", async (request) => ((sent = await request.json()), ok({ ...student })));
    const { onSignedIn } = await tryToSignIn();
    await expect.poll(() => onSignedIn.mock.calls).toHaveLength(1);
    expect(sent).toEqual({ username: "student", password: "secret-4" });
    expect(useAppStore.getState()).toMatchObject({ session: "in", me: { name: "王思远" } });
  });

  it("says why not, empties the password and waits there for another", async () => {
    onApi("post", "/session", () => refusal(401, "bad_credentials", "用户名或密码不对。"));
    const { onSignedIn, password } = await tryToSignIn();
    expect(await screen.findByRole("alert")).toHaveTextContent("用户名或密码不对。");
    expect(password).toHaveValue("");
    expect(password).toHaveFocus();
    expect(onSignedIn).not.toHaveBeenCalled();
  });

  it("says it in the reader's language", async () => {
    onApi("post", "/session", () => refusal(401, "bad_credentials", "用户名或密码不对。"));
    await tryToSignIn("en");
    expect(await screen.findByRole("alert")).toHaveTextContent("bad_credentials in English");
  });

  it("counts down a lock-out and lets nobody try in vain meanwhile", async () => {
    onApi("post", "/session", () => refusal(429, "locked_out", "密码错误次数过多。", { "Retry-After": "2" }));
    await tryToSignIn();
    expect(await screen.findByText(/0:02 后可以再试/)).toBeVisible();
    expect(screen.getByRole("button", { name: "登录" })).toBeDisabled();
    expect(await screen.findByText("现在可以再试了。", {}, { timeout: 4000 })).toBeVisible();
    expect(screen.getByRole("button", { name: "登录" })).toBeEnabled();
  });

  it("asks for what is missing and sends nothing", async () => {
    const { user } = show(<SignInForm />);
    await user.click(screen.getByRole("button", { name: "登录" }));
    expect(await screen.findAllByText("请填写这一项。")).toHaveLength(2);
  });
});

describe("a waiting time", () => {
  it.each([
    [0, "0:00"],
    [59, "0:59"],
    [300, "5:00"],
    [3661, "61:01"],
  ])("of %i seconds reads %s", (seconds, text) => expect(minutes(seconds)).toBe(text));
});
