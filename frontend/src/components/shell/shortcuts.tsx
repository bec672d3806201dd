"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState } from "react";
import { create } from "zustand";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { isElsewhere } from "@/lib/keys";

export interface Shortcut {
  /** One after the other or either: as they are to be read. */
  keys: readonly string[];
  /** What it does, in the reader's language. */
  does: string;
}

interface Listed {
  page: readonly Shortcut[];
  isOpen: boolean;
}

const useListed = create<Listed>()(() => ({ page: [], isOpen: false }));

/** Tells the list under "?" what keys mean on this page, as long as it is open. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const key = JSON.stringify(shortcuts);
  useEffect(() => {
    useListed.setState({ page: JSON.parse(key) as Shortcut[] });
    return () => useListed.setState({ page: [] });
  }, [key]);
}

export function openShortcuts(): void {
  useListed.setState({ isOpen: true });
}

/** "?" anywhere lists the keys; "/" goes to the page's search. Stands once, around every page. */
export function Shortcuts() {
  const t = useTranslations("shell");
  const { page, isOpen } = useListed();
  const [isApple, setApple] = useState(false);
  const act = useEffectEvent((event: KeyboardEvent) => {
    if (isElsewhere(event)) return;
    if (event.key === "?") {
      event.preventDefault();
      setApple(/Mac|iPhone|iPad/.test(navigator.userAgent));
      openShortcuts();
    } else if (event.key === "/") {
      const search = document.querySelector<HTMLInputElement>('main input[type="search"]');
      if (search) event.preventDefault();
      search?.focus();
    }
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => act(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  return (
    <Dialog open={isOpen} onOpenChange={(open) => useListed.setState({ isOpen: open })} title={t("shortcuts")}>
      <div className="grid gap-6">
        {page.length > 0 && <List title={t("shortcutsHere")} shortcuts={page} isApple={isApple} />}
        <List
          title={t("shortcutsEverywhere")}
          isApple={isApple}
          shortcuts={[
            { keys: ["?"], does: t("shortcut.list") },
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
