"use client";

import { LayoutGrid, LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { useShortcuts } from "@/components/shell/shortcuts";
import { SkipLink } from "@/components/shell/skip-link";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { isElsewhere } from "@/lib/keys";
import { useWords } from "@/lib/words";
import { AnswerGrid } from "./answer-grid";
import { useRoom } from "./room-context";
import { SaveState, SaveTrouble } from "./save-state";
import { SubmitDialog } from "./submit-dialog";

interface Props {
  /** Part of the paper that is done now. */
  part: string;
  /** At the right of the head: the time left. */
  time?: ReactNode;
  /** Sections to choose from. */
  sections?: ReactNode;
  /** Below the head across the page: the sound. */
  sound?: ReactNode;
  slots: readonly string[];
  /** Handing in ends the whole paper, so it is offered in the last part only. */
  canSubmit: boolean;
  onLeave?: () => void;
  children: ReactNode;
}

/** Head with part, time and save state; the work; the answer sheet beside it on a desk, and one tap away on a phone. */
export function RoomFrame({ part, time, sections, sound, slots, canSubmit, onLeave, children }: Props) {
  const t = useTranslations("room");
  const words = useWords();
  const { attempt } = useRoom();
  const [dialog, setDialog] = useState<"sheet" | "submit" | null>(null);
  const close = (isOpen: boolean) => !isOpen && setDialog(null);
  const frame = useRef<HTMLDivElement>(null);
  const hasSheet = slots.length > 0;
  useHeadHeight(frame);
  useSheetKey(() => {
    if (hasSheet && !focusSheet(frame.current)) setDialog("sheet");
  });
  useRoomShortcuts();
  const submit = canSubmit && (
    <Button look="primary" onClick={() => setDialog("submit")}>
      {t("submit")}
    </Button>
  );
  return (
    <div ref={frame} className="flex min-h-dvh flex-col bg-page [--head:7rem]">
      <SkipLink />
      <header data-room-head className="sticky top-0 z-30 border-b border-line bg-surface">
        <div className="mx-auto flex max-w-desk flex-wrap items-center gap-x-4 px-4 xl:gap-x-8">
          <div className="flex h-15 min-w-0 flex-1 items-center gap-2 xl:flex-none">
            {onLeave && (
              <IconButton icon={LogOut} label={t("leave")} onClick={onLeave} className="-ml-2.5 [&_svg]:rotate-180" />
            )}
            <div className="min-w-0">
              <h1 className="truncate font-title leading-snug font-semibold">{part}</h1>
              <div className="flex items-center gap-3 text-xs text-ink-faint">
                <SaveState />
                <span className="truncate max-sm:hidden">{words(attempt.paper_title)}</span>
              </div>
            </div>
          </div>
          <div className="order-last w-full min-w-0 xl:order-none xl:w-auto xl:flex-1">{sections}</div>
          <div className="flex h-15 items-center">{time}</div>
        </div>
        {sound}
        <SaveTrouble />
      </header>
      <div className="mx-auto flex w-full max-w-desk flex-1 items-start gap-6 sm:px-4 sm:py-5 xl:gap-8">
        <main
          id="content"
          tabIndex={-1}
          className="min-w-0 flex-1 bg-surface px-4 py-6 outline-none max-sm:min-h-[calc(100dvh-var(--head))] sm:rounded-card sm:border sm:border-line sm:px-8 sm:py-8 sm:shadow-sheet"
        >
          {children}
        </main>
        {hasSheet && (
          <aside
            data-answer-sheet
            aria-label={t("sheet")}
            className="sticky top-[calc(var(--head)+1.25rem)] hidden max-h-[calc(100dvh-var(--head)-2.5rem)] w-60 shrink-0 flex-col rounded-card border border-line bg-surface shadow-sheet xl:flex"
          >
            <div className="flex items-baseline justify-between px-4 pt-4 pb-3">
              <h2 className="font-title text-lg font-semibold">{t("sheet")}</h2>
              <Answered slots={slots} />
            </div>
            <div className="min-h-0 flex-1 overflow-y-auto px-3 pb-4">
              <AnswerGrid />
            </div>
            {submit && <div className="grid border-t border-line p-3">{submit}</div>}
          </aside>
        )}
      </div>
      {hasSheet && (
        <footer
          data-room-foot
          className="sticky bottom-0 z-20 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] xl:hidden"
        >
          <div className="flex h-15 items-center gap-3 px-4">
            <Button onClick={() => setDialog("sheet")}>
              <LayoutGrid aria-hidden />
              {t("sheet")}
            </Button>
            <Answered slots={slots} />
            <div className="ml-auto">{submit}</div>
          </div>
        </footer>
      )}
      <Sheet open={dialog === "sheet"} onOpenChange={close} title={t("sheet")} about={t("sheetAbout")}>
        <AnswerGrid onGone={() => setDialog(null)} />
      </Sheet>
      <SubmitDialog open={dialog === "submit"} onOpenChange={close} slots={slots} />
    </div>
  );
}

function Answered({ slots }: { slots: readonly string[] }) {
  const t = useTranslations("room");
  const { sheet } = useRoom();
  const answers = useStore(sheet.store, (state) => state.answers);
  const count = slots.filter((slot) => answers[slot]?.value).length;
  return <p className="text-sm text-ink-soft tabular-nums">{t("answeredOf", { count, of: slots.length })}</p>;
}

/** A phone's choice of text or questions stands below the head: see Split. */
const BELOW_HEAD = 52;

/**
 * What sticks below the head needs its height, which the sound and notices change. The page keeps that much free, and the foot's
 * height, around what is walked to: nothing that has the focus stands behind them.
 */
function useHeadHeight(frame: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const head = frame.current?.querySelector<HTMLElement>("[data-room-head]");
    if (!head) return;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => {
      frame.current?.style.setProperty("--head", `${head.offsetHeight}px`);
      style.scrollPaddingTop = `${head.offsetHeight + BELOW_HEAD}px`;
      style.scrollPaddingBottom = `${frame.current?.querySelector<HTMLElement>("[data-room-foot]")?.offsetHeight ?? 0}px`;
    });
    observer.observe(head);
    return () => {
      observer.disconnect();
      style.scrollPadding = "";
    };
  }, [frame]);
}

function useSheetKey(onSheet: () => void): void {
  const act = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== "s" || isElsewhere(event)) return;
    event.preventDefault();
    onSheet();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => act(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

/** Into the sheet beside the work, where it is shown. */
function focusSheet(frame: HTMLElement | null): boolean {
  const cell = frame?.querySelector<HTMLElement>('[data-answer-sheet] [tabindex="0"]');
  if (!cell || cell.getClientRects().length === 0) return false;
  cell.focus();
  return true;
}

function useRoomShortcuts(): void {
  const t = useTranslations("room");
  useShortcuts([
    { keys: ["A", "B", "C", "D"], does: t("keys.choose") },
    { keys: ["↑", "↓"], does: t("keys.walk") },
    { keys: ["←", "→"], does: t("keys.move") },
    { keys: ["⌫"], does: t("keys.clear") },
    { keys: ["X"], does: t("keys.flag") },
    { keys: ["S"], does: t("keys.sheet") },
  ]);
}
