"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { Kbd } from "@/components/ui/kbd";
import { useIsInBrowser } from "@/lib/path";

const LazyDialog = dynamic(() => import("@/components/search/search-dialog").then((it) => it.SearchDialog), {
  ssr: false,
});

/** In the bar of every page: a place to press that looks like what it opens. Ctrl K or ⌘ K opens it from anywhere. */
export function SearchCorner() {
  const t = useTranslations("search");
  const isInBrowser = useIsInBrowser();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!opensSearch(event) || document.querySelector("[role=dialog], [role=alertdialog]")) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  return (
    <>
      <button
        type="button"
        aria-keyshortcuts="Control+K Meta+K"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="inline-flex size-10 items-center justify-center gap-2 rounded-control text-sm text-ink-faint transition-colors hover:bg-sunken hover:text-ink lg:h-9 lg:w-48 lg:justify-start lg:border lg:border-line-strong/50 lg:bg-surface lg:pr-1.5 lg:pl-3 lg:hover:border-line-strong pointer-coarse:size-touch"
      >
        <Search className="size-5 shrink-0 lg:size-4" aria-hidden />
        <span className="sr-only lg:not-sr-only">{t("title")}</span>
        {isInBrowser && (
          <Kbd className="ml-auto hidden lg:inline-grid" aria-hidden>
            {isApple() ? "⌘ K" : "Ctrl K"}
          </Kbd>
        )}
      </button>
      {isOpen && <LazyDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function opensSearch(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
}

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
