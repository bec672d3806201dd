"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useStore } from "zustand";
import { Confirm } from "@/components/ui/confirm";
import { Note } from "@/components/ui/states";
import { useRouter } from "@/i18n/navigation";
import { api } from "@/lib/api";
import { ProblemError } from "@/lib/problem";
import { useFlags } from "./flags";
import { useRoom } from "./room-context";
import { attemptKey } from "./use-attempt";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Every question that may be answered now. */
  slots: readonly string[];
}

/** How long to wait for the last answers before handing in without their acknowledgement is refused. */
const LAST_SAVE_MS = 12_000;

export function SubmitDialog({ open, onOpenChange, slots }: Props) {
  const t = useTranslations("room");
  const { attempt, sheet, go } = useRoom();
  const answers = useStore(sheet.store, (state) => state.answers);
  const flags = useFlags(attempt.id);
  const submit = useSubmit();
  const open_ = slots.filter((slot) => !answers[slot]?.value);
  const flagged = flags.filter((slot) => slots.includes(slot));
  const jump = (slot: string) => {
    onOpenChange(false);
    go(slot);
  };
  return (
    <Confirm
      open={open}
      onOpenChange={onOpenChange}
      title={t("submitTitle")}
      about={t(attempt.mode === "exam" ? "submitAbout" : "submitPracticeAbout")}
      action={t("submit")}
      onConfirm={submit}
    >
      <div className="grid gap-3">
        <SlotList
          title={t("unansweredList", { count: open_.length })}
          slots={open_}
          onSlot={jump}
          none={t("allAnswered")}
        />
        {flagged.length > 0 && (
          <SlotList title={t("flaggedList", { count: flagged.length })} slots={flagged} onSlot={jump} />
        )}
      </div>
    </Confirm>
  );
}

function useSubmit(): () => Promise<void> {
  const { attempt, sheet } = useRoom();
  const queries = useQueryClient();
  const router = useRouter();
  return async () => {
    if (!(await sheet.settled(LAST_SAVE_MS))) throw new ProblemError(0, "unsaved", notSaved);
    await api.POST("/api/v1/attempts/{attempt_id}/submission", { params: { path: { attempt_id: attempt.id } } });
    queries.removeQueries({ queryKey: ["report", attempt.id] });
    await queries.invalidateQueries({ queryKey: attemptKey(attempt.id) });
    router.replace(`/report/${attempt.id}`);
  };
}

const notSaved = {
  zh: "还有作答没有传到服务器，现在交卷会丢掉它们。请检查网络后再交；到时间会自动收卷，已保存的都算数。",
  en: "Some answers have not reached the server; handing in now would leave them out. Check your network and try again. The paper is collected by itself when the time is over.",
};

interface ListProps {
  title: string;
  slots: readonly string[];
  onSlot: (slot: string) => void;
  none?: string;
}

function SlotList({ title, slots, onSlot, none }: ListProps) {
  if (slots.length === 0) return none ? <Note tone="good">{none}</Note> : null;
  return (
    <div className="grid gap-1.5">
      <p className="text-sm font-medium">{title}</p>
      <div className="flex flex-wrap gap-1">
        {slots.map((slot) => (
          <button
            key={slot}
            type="button"
            className="h-10 min-w-10 rounded-control border border-line px-2 text-sm tabular-nums hover:border-accent pointer-coarse:h-touch pointer-coarse:min-w-touch"
            onClick={() => onSlot(slot)}
          >
            {slot}
          </button>
        ))}
      </div>
    </div>
  );
}
