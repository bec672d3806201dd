"use client";

import { Printer } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";

/** What of the page goes on paper; print.css reads it from the root. The browser's own print command takes paper and keys. */
type Print = "paper" | "keys" | "sheet";

function print(what: Print): void {
  const root = document.documentElement;
  root.dataset.print = what;
  window.addEventListener("afterprint", () => delete root.dataset.print, { once: true });
  // The menu is to be gone from the page before it is printed.
  setTimeout(() => window.print(), 100);
}

export function PrintMenu() {
  const t = useTranslations("papers");
  return (
    <Menu
      trigger={
        <Button>
          <Printer aria-hidden />
          {t("print")}
        </Button>
      }
    >
      <MenuItem onSelect={() => print("paper")}>{t("printPaper")}</MenuItem>
      <MenuItem onSelect={() => print("keys")}>{t("printKeys")}</MenuItem>
      <MenuItem onSelect={() => print("sheet")}>{t("printSheet")}</MenuItem>
    </Menu>
  );
}
