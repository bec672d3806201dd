import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { NoticePreferences } from "@/features/accounts/notice-preferences";
import { student } from "@/test/people";
import { ok, onApi, refusal } from "@/test/server";
import { show } from "@/test/show";

describe("what one wants to be told", () => {
  it("is kept at each tick, and goes back where it is refused", async () => {
    const sent: unknown[] = [];
    let isRefused = false;
    const wanted: Record<string, boolean> = { assigned: true, marked: true };
    onApi("get", "/me/notice-preferences", () => ok({ wanted }));
    onApi("put", "/me/notice-preferences", async (request) => {
      const body = (await request.json()) as { wanted: Record<string, boolean> };
      sent.push(body);
      if (isRefused) return refusal(503, "busy", "服务器正忙。");
      return ok({ wanted: Object.assign(wanted, body.wanted) });
    });
    const { user } = show(<NoticePreferences />, { me: student });
    const marked = await screen.findByRole("checkbox", { name: /批改好了/ });
    await user.click(marked);
    await waitFor(() => expect(sent).toEqual([{ wanted: { marked: false } }]));
    expect(marked).not.toBeChecked();
    isRefused = true;
    await user.click(marked);
    expect(await screen.findByText("服务器正忙。")).toBeVisible();
    expect(marked).not.toBeChecked();
  });
});
