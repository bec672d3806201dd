"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import type { Shortcut } from "@/components/shell/shortcuts";

interface Props {
  page: readonly Shortcut[];
  onClose: () => void;
}

/** Loaded when it is asked for. */
export function ShortcutsDialog({ page, onClose }: Props) {
  const t = useTranslations("shell");
  const [isApple] = useState(() => /Mac|iPhone|iPad/.test(navigator.userAgent));
  return (
    <Dialog open onOpenChange={onClose} title={t("shortcuts")}>
      <div className="grid gap-6">
        {page.length > 0 && <List title={t("shortcutsHere")} shortcuts={page} isApple={isApple} />}
        <List
          title={t("shortcutsEverywhere")}
          isApple={isApple}
          shortcuts={[
            { keys: ["?"], does: t("shortcut.list") },
            { keys: ["Ctrl", "K"], does: t("shortcut.searchBox") },
            { keys: ["/"], does: t("shortcut.search") },
            { keys: ["Esc"], does: t("shortcut.close") },
            { keys: ["Tab"], does: t("shortcut.tab") },
          ]}
        />
      </div>
    </Dialog>
  );
}

function List({ title, shortcuts, isApple }: { title: string; shortcuts: readonly Shortcut[]; isApple: boolean }) {
  return (
    <section>
      <h3 className="mb-1 text-sm font-medium text-ink-faint">{title}</h3>
      <dl className="divide-y divide-line text-sm">
        {shortcuts.map(({ keys, does }) => (
          <div key={does} className="flex items-center justify-between gap-6 py-2">
            <dt>{does}</dt>
            <dd className="flex shrink-0 gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{isApple && key === "Ctrl" ? "⌘" : key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
