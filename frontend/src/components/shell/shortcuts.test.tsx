import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { Shortcuts, useShortcuts } from "@/components/shell/shortcuts";
import { show } from "@/test/show";

function Page() {
  useShortcuts([{ keys: ["S"], does: "到答题卡" }]);
  return (
    <main>
      <input type="search" aria-label="搜索" />
      <textarea aria-label="评语" />
    </main>
  );
}

it("lists the page's keys under a question mark, and closes with Escape", async () => {
  const { user } = show(
    <>
      <Page />
      <Shortcuts />
    </>,
  );
  await user.keyboard("?");
  const list = await screen.findByRole("dialog", { name: "键盘快捷键" });
  expect(list).toHaveTextContent("到答题卡S");
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("dialog")).toBeNull();
});

it("goes to the search with a slash, and leaves both signs to who is writing", async () => {
  const { user } = show(
    <>
      <Page />
      <Shortcuts />
    </>,
  );
  await user.keyboard("/");
  expect(screen.getByRole("searchbox")).toHaveFocus();
  await user.click(screen.getByLabelText("评语"));
  await user.keyboard("？和 ?/");
  expect(screen.getByLabelText("评语")).toHaveValue("？和 ?/");
  expect(screen.queryByRole("dialog")).toBeNull();
});
