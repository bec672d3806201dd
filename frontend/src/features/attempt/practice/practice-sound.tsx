"use client";

import { PassagePlayer } from "@/components/paper/passage-player";
import { itemsOf, type Section } from "@/components/paper/slots";
import { Card } from "@/components/ui/card";
import { useProofs } from "../questions/section-view";
import { useRoom } from "../room/room-context";

/** Listening in practice: the passage of the question at hand. */
export function PracticeSound({ section }: { section: Section }) {
  const { attempt, current } = useRoom();
  const { passages } = section;
  const passage = passages.find((each) => itemsOf(section, each).some(({ slot }) => slot === current)) ?? passages[0];
  const marks = useProofs(passage ? itemsOf(section, passage) : []);
  if (!passage) return null;
  return (
    <Card className="sticky top-[calc(var(--head)+0.75rem)] z-10 mb-6 grid gap-3 px-4 py-3 shadow-raised">
      <PassagePlayer audio={attempt.audio} passage={passage} marks={marks} />
    </Card>
  );
}
