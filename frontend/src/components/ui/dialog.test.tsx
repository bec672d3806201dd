import { screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Menu, MenuItem } from "@/components/ui/menu";
import { show } from "@/test/show";

function Page() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button>别的</Button>
      <Button onClick={() => setOpen(true)}>打开</Button>
      <Menu trigger={<Button>菜单</Button>}>
        <MenuItem onSelect={() => setOpen(true)}>从菜单打开</MenuItem>
      </Menu>
      <Dialog open={isOpen} onOpenChange={setOpen} title="一个窗口">
        <input aria-label="姓名" autoFocus />
      </Dialog>
    </>
  );
}

describe("closing a dialog", () => {
  it("brings the focus back to the button that opened it", async () => {
    const { user } = show(<Page />);
    screen.getByRole("button", { name: "打开" }).focus();
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("dialog")).toBeVisible();
    await user.keyboard("{Escape}");
    await expect.poll(() => document.activeElement?.textContent).toBe("打开");
  });

  it("brings it back to the menu's button when it was opened out of a menu", async () => {
    const { user } = show(<Page />);
    screen.getByRole("button", { name: "菜单" }).focus();
    await user.keyboard("{Enter}");
    await screen.findByRole("menuitem");
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("dialog")).toBeVisible();
    await user.keyboard("{Escape}");
    await expect.poll(() => document.activeElement?.textContent).toBe("菜单");
  });
});
