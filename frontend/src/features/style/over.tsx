"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "@/lib/toast";
import { openShortcuts, Shortcuts, useShortcuts } from "@/components/shell/shortcuts";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Dialog, DialogButtons, Sheet } from "@/components/ui/dialog";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/components/ui/menu";
import { Tooltip } from "@/components/ui/tooltip";
import { Line, Specimen } from "./specimen";

/** What comes over the page. */
export function Over() {
  const t = useTranslations("common");
  const [shown, setShown] = useState<"dialog" | "sheet" | "confirm" | null>(null);
  const close = () => setShown(null);
  useShortcuts([{ keys: ["A", "B"], does: t("edit") }]);
  return (
    <Specimen name="Dialog / Sheet / Confirm / Menu / Tooltip / toast / Shortcuts">
      <Line>
        <Button onClick={() => setShown("dialog")}>Dialog</Button>
        <Button onClick={() => setShown("sheet")}>Sheet</Button>
        <Button onClick={() => setShown("confirm")}>Confirm</Button>
        <Menu align="start" trigger={<Button>Menu</Button>}>
          <MenuLabel>{t("siji")}</MenuLabel>
          <MenuItem>
            <Pencil aria-hidden />
            {t("edit")}
          </MenuItem>
          <MenuItem disabled>{t("copy")}</MenuItem>
          <MenuLine />
          <MenuItem isDanger>
            <Trash2 aria-hidden />
            {t("delete")}
          </MenuItem>
        </Menu>
        <Tooltip text={t("description")}>
          <Button>Tooltip</Button>
        </Tooltip>
        <Button onClick={() => toast.success(t("saved"), { action: { label: t("undo"), onClick: () => undefined } })}>
          toast
        </Button>
        <Button onClick={() => toast.error(t("couldNotLoad"))}>toast.error</Button>
        <Button onClick={openShortcuts}>Shortcuts</Button>
      </Line>
      <Dialog open={shown === "dialog"} onOpenChange={close} title={t("tagline")} about={t("description")}>
        <p>{t("pageFailedAbout")}</p>
        <DialogButtons>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button look="primary" onClick={close}>
            {t("save")}
          </Button>
        </DialogButtons>
      </Dialog>
      <Sheet open={shown === "sheet"} onOpenChange={close} title={t("tagline")} about={t("description")}>
        <p>{t("pageFailedAbout")}</p>
      </Sheet>
      <Confirm
        open={shown === "confirm"}
        onOpenChange={close}
        title={t("delete")}
        about={t("pageFailedAbout")}
        action={t("delete")}
        isDanger
        onConfirm={() => Promise.resolve()}
      />
      <Shortcuts />
    </Specimen>
  );
}
