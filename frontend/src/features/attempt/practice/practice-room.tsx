"use client";

import { useTranslations } from "next-intl";
import { WithheldNote } from "@/components/paper/withheld-note";
import { Skeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { useRouter } from "@/i18n/navigation";
import { SectionView } from "../questions/section-view";
import { choose } from "../room/exam-room";
import { useFlagStore } from "../room/flags";
import { useKeys } from "../room/keys";
import { lettersOf } from "../room/letters";
import { type Room, RoomContext } from "../room/room-context";
import { RoomFrame } from "../room/room-frame";
import { NextSection, SectionTabs } from "../room/section-tabs";
import type { Attempt } from "../room/use-attempt";
import { useWalk } from "../room/use-walk";
import type { AnswerSheet } from "../saving/answer-sheet";
import { PracticeSound } from "./practice-sound";
import { useChecks } from "./use-checks";

interface Props {
  attempt: Attempt;
  sheet: AnswerSheet;
}

/** No clock and no locks: look up the key of an item when you have answered it, then see why. */
export function PracticeRoom({ attempt, sheet }: Props) {
  const t = useTranslations("room");
  const router = useRouter();
  const { checks, references, check, isPending, error, refetch } = useChecks(attempt.id, sheet);
  const walk = useWalk(attempt.sections);
  const room: Room = {
    attempt,
    sheet,
    current: walk.current,
    go: walk.go,
    checks,
    references,
    check: attempt.withheld ? null : check,
  };
  useKeys({
    room,
    slots: walk.slots,
    lettersOf: (slot) => (checks.has(slot) ? [] : lettersOf(attempt.sections, slot)),
    choose: (slot, letter) => choose(sheet, attempt.sections, slot, letter),
    flag: (slot) => useFlagStore.getState().toggle(attempt.id, slot),
  });
  if (isPending) return <Skeleton className="m-4 h-96" />;
  if (error) {
    return (
      <main className="grid min-h-dvh content-center">
        <ErrorState error={error} onRetry={refetch} isPage />
      </main>
    );
  }
  return (
    <RoomContext value={room}>
      <RoomFrame
        part={t("practice")}
        sections={<SectionTabs sections={attempt.sections} current={walk.section?.key} onSection={walk.goSection} />}
        slots={walk.slots}
        canSubmit
        onLeave={() => router.push("/")}
      >
        {attempt.withheld && <WithheldNote withheld={attempt.withheld} className="mb-6" />}
        {walk.section?.part === "listening" && !attempt.withheld && <PracticeSound section={walk.section} />}
        {walk.section && <SectionView key={walk.section.key} section={walk.section} />}
        <NextSection sections={attempt.sections} current={walk.section?.key} onSection={walk.goSection} />
      </RoomFrame>
    </RoomContext>
  );
}
