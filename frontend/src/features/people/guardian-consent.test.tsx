import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { Schema } from "@/client/types";
import { GuardianConsent } from "@/features/people/guardian-consent";
import { teacher } from "@/test/people";
import { ok, onApi } from "@/test/server";
import { show } from "@/test/show";

const minor: Schema<"PersonOut"> = {
  id: 7,
  username: "xiaoyu",
  name: "王小雨",
  email: "",
  role: "student",
  student_number: "2024101",
  administrative_class: "",
  is_active: true,
  must_change_password: false,
  is_minor: true,
  guardian_consent: "",
  created_at: "2026-09-01T00:00:00Z",
};

describe("a guardian's consent", () => {
  it("is recorded with the words by which it is found, and not without", async () => {
    const sent: unknown[] = [];
    onApi("put", "/users/7/guardian-consent", async (request) => {
      sent.push(await request.json());
      return ok({ ...minor, guardian_consent: "x" });
    });
    const onClose = vi.fn();
    const { user } = show(<GuardianConsent person={minor} onClose={onClose} />, { me: teacher });
    expect(screen.queryByRole("button", { name: "撤回同意" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "登记同意" }));
    expect(screen.getByLabelText("同意的凭据")).toHaveAttribute("aria-invalid", "true");
    expect(sent).toEqual([]);
    await user.type(screen.getByLabelText("同意的凭据"), " 母亲签字 ");
    await user.click(screen.getByRole("button", { name: "登记同意" }));
    await expect.poll(() => onClose.mock.calls.length).toBe(1);
    expect(sent).toEqual([{ how: "母亲签字" }]);
  });

  it("is withdrawn", async () => {
    let withdrawn = 0;
    onApi("delete", "/users/7/guardian-consent", () => {
      withdrawn += 1;
      return ok(minor);
    });
    const onClose = vi.fn();
    const { user } = show(<GuardianConsent person={{ ...minor, guardian_consent: "母亲签字" }} onClose={onClose} />, {
      me: teacher,
    });
    await user.click(screen.getByRole("button", { name: "撤回同意" }));
    await expect.poll(() => onClose.mock.calls.length).toBe(1);
    expect(withdrawn).toBe(1);
  });
});
