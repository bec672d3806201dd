import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { PersonForm, type PersonFields } from "@/features/people/person-form";
import { api } from "@/lib/api";
import { teacher } from "@/test/people";
import { invalid, ok, onApi } from "@/test/server";
import { show } from "@/test/show";

const nobody: PersonFields = {
  username: "li.lei",
  name: "李雷",
  email: "nowhere",
  role: "student",
  student_number: "",
  administrative_class: "",
  is_minor: false,
};

describe("an account that the server refuses", () => {
  it("says beside each input what is wrong with it, until it is taken", async () => {
    const answers = [invalid({ email: "格式不对。", username: "已经有人用了。" }), ok({}, 201)];
    onApi("post", "/users", () => answers.shift() as Response);
    const onSave = (body: PersonFields) => api.POST("/api/v1/users", { body });
    const { user } = show(<PersonForm person={nobody} isNew onSave={onSave} onCancel={() => undefined} />, {
      me: teacher,
    });
    await user.click(screen.getByRole("button", { name: "新建用户" }));
    const email = screen.getByLabelText("邮箱");
    await expect.poll(() => email.getAttribute("aria-invalid")).toBe("true");
    expect(email).toHaveAccessibleDescription("格式不对。");
    expect(screen.getByLabelText("用户名")).toHaveAccessibleDescription(/已经有人用了。/);
    expect(screen.getByLabelText("姓名")).not.toHaveAttribute("aria-invalid");
    await user.click(screen.getByRole("button", { name: "新建用户" }));
    await expect.poll(() => screen.getByLabelText("邮箱").getAttribute("aria-invalid")).toBeNull();
  });
});
