"use client";

import { LayoutGrid, LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
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
  /** Sections to choose from, below the head. */
  sections?: ReactNode;
  slots: readonly string[];
  /** Handing in ends the whole paper, so it is offered in the last part only. */
  canSubmit: boolean;
  onLeave?: () => void;
  children: ReactNode;
}

/** Head with part, time and save state; the work; the foot with the answer sheet and handing in. */
export function RoomFrame({ part, time, sections, slots, canSubmit, onLeave, children }: Props) {
  const t = useTranslations("room");
  const words = useWords();
  const { attempt } = useRoom();
  const [dialog, setDialog] = useState<"sheet" | "submit" | null>(null);
  const close = (isOpen: boolean) => !isOpen && setDialog(null);
  return (
    <div className="flex min-h-dvh flex-col bg-page">
      <header className="sticky top-0 z-30 border-b border-line bg-surface">
        <div className="mx-auto flex h-16 max-w-7xl items-center gap-4 px-4">
          {onLeave && (
            <Button
              look="quiet"
              size="icon"
              aria-label={t("leave")}
              title={t("leave")}
              onClick={onLeave}
              className="-ml-2"
            >
              <LogOut className="rotate-180" aria-hidden />
            </Button>
          )}
          <div className="min-w-0 flex-1">
            <h1 className="truncate font-semibold">{part}</h1>
            <div className="flex items-center gap-3">
              <SaveState />
              <span className="truncate text-sm text-ink-faint max-sm:hidden">{words(attempt.paper_title)}</span>
            </div>
          </div>
          {time}
        </div>
        {sections}
        <SaveTrouble />
      </header>
      <main id="content" className="mx-auto w-full max-w-7xl flex-1 px-4 py-5 sm:py-6">
        {children}
      </main>
      {slots.length > 0 && (
        <footer className="sticky bottom-0 z-20 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)]">
          <div className="mx-auto flex h-14 max-w-7xl items-center gap-3 px-4">
            <Button look="quiet" onClick={() => setDialog("sheet")}>
              <LayoutGrid aria-hidden />
              {t("sheet")}
            </Button>
            <Answered slots={slots} />
            {canSubmit && (
              <Button look="primary" className="ml-auto" onClick={() => setDialog("submit")}>
                {t("submit")}
              </Button>
            )}
          </div>
        </footer>
      )}
      <AnswerGrid open={dialog === "sheet"} onOpenChange={close} />
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
