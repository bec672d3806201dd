"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { Confirm } from "@/components/ui/confirm";
import { useRouter } from "@/i18n/navigation";
import { AbsenceNote } from "../absence/absence-note";
import { useAbsences } from "../absence/use-absences";
import { openPart, type Reading } from "../clock/reading";
import { ReplayBar } from "../listening/replay-bar";
import { SoundBar } from "../listening/sound-bar";
import { placeWord } from "../questions/bank-exchange";
import { SectionView } from "../questions/section-view";
import type { AnswerSheet } from "../saving/answer-sheet";
import { Collection } from "./collection";
import { useFlagStore } from "./flags";
import { useKeys } from "./keys";
import { lettersOf } from "./letters";
import { type Room, RoomContext } from "./room-context";
import { RoomFrame } from "./room-frame";
import { NextSection, SectionTabs } from "./section-tabs";
import { TimeLeft } from "./time-left";
import type { Attempt } from "./use-attempt";
import { useLeaveWarning } from "./use-leave-warning";
import { useWalk } from "./use-walk";

interface Props {
  attempt: Attempt;
  sheet: AnswerSheet;
  reading: Reading;
}

const NO_CHECKS: Room["checks"] = new Map();
const NO_REFERENCES: Room["references"] = {};

/** The paper as it is sat: part after part by the server's clock, with nothing to see before its time. */
export function ExamRoom({ attempt, sheet, reading }: Props) {
  const t = useTranslations("room");
  const part = openPart(reading);
  const key = part?.key ?? null;
  const sections = useMemo(
    () => attempt.sections.filter((section) => partOf(section.part) === key),
    [attempt.sections, key],
  );
  const walk = useWalk(sections);
  const [isLeaving, setLeaving] = useState(false);
  const router = useRouter();
  const room: Room = {
    attempt,
    sheet,
    current: walk.current,
    go: walk.go,
    checks: NO_CHECKS,
    references: NO_REFERENCES,
    check: null,
  };
  const absences = useAbsences(attempt);
  useLeaveWarning(true);
  useKeys({
    room,
    slots: walk.slots,
    lettersOf: (slot) => lettersOf(sections, slot),
    choose: (slot, letter) => choose(sheet, sections, slot, letter),
    flag: (slot) => useFlagStore.getState().toggle(attempt.id, slot),
  });

  return (
    <RoomContext value={room}>
      <RoomFrame
        part={key ? t(`parts.${key}`) : t("changing")}
        time={<TimeLeft reading={reading} />}
        sections={
          <>
            <SectionTabs sections={sections} current={walk.section?.key} onSection={walk.goSection} />
            <ReplayBar attempt={attempt.id} reading={reading} />
            {absences && <AbsenceNote log={absences} />}
          </>
        }
        sound={key === "listening" && <SoundBar attempt={attempt.id} reading={reading} />}
        slots={key === "collection" ? [] : walk.slots}
        canSubmit={key !== null && key === attempt.parts[attempt.parts.length - 1]?.key}
        onLeave={() => setLeaving(true)}
      >
        {key === "collection" ? (
          <Collection reading={reading} />
        ) : walk.section ? (
          <>
            <SectionView key={walk.section.key} section={walk.section} />
            <NextSection sections={sections} current={walk.section.key} onSection={walk.goSection} />
          </>
        ) : (
          <Changing />
        )}
      </RoomFrame>
      <Confirm
        open={isLeaving}
        onOpenChange={setLeaving}
        title={t("leaveTitle")}
        about={t("leaveAbout")}
        action={t("leave")}
        onConfirm={async () => {
          await sheet.settled(3_000);
          router.push("/");
        }}
      />
    </RoomContext>
  );
}

function Changing() {
  const t = useTranslations("room");
  return (
    <p role="status" className="py-24 text-center text-ink-soft">
      {t("changingAbout")}
    </p>
  );
}

/** Reading and translation share one block of time. */
function partOf(part: Attempt["sections"][number]["part"]): string {
  return part === "translation" ? "reading" : part;
}

/** A letter typed for a blank moves its word as a tap would. */
export function choose(sheet: AnswerSheet, sections: Attempt["sections"], slot: string, letter: string): void {
  const section = sections.find(({ items }) => items.some((item) => item.slot === slot));
  const { answers } = sheet.store.getState();
  const isCloze = section?.key === "reading-a";
  const values = new Map(isCloze ? section.items.map((item) => [item.slot, answers[item.slot]?.value ?? ""]) : []);
  for (const [changed, value] of placeWord(values, slot, letter)) sheet.answer(changed, value, "choice");
}
