"use client";

import { ArrowRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, type ComponentProps } from "react";
import { toast } from "@/lib/toast";
import type { Schema } from "@/client/types";
import { ExamDialog } from "@/components/attempts/exam-dialog";
import { useStartAttempt } from "@/components/attempts/use-start-attempt";
import { Button } from "@/components/ui/button";
import { asProblem } from "@/lib/problem";
import { useWords } from "@/lib/words";

/** What of an assignment decides how it is begun. */
export type Startable = Pick<
  Schema<"AssignmentOut">,
  "id" | "paper" | "title" | "mode" | "sections" | "start" | "room_started_at" | "my_status"
>;

interface Props extends Pick<ComponentProps<typeof Button>, "size" | "look"> {
  assignment: Startable;
}

/** Begins, goes on with or repeats what is set. Only a new exam asks first: its clock cannot be stopped. */
export function StartAssignment({ assignment, size, look = "primary" }: Props) {
  const t = useTranslations("attempts");
  const words = useWords();
  const start = useStartAttempt();
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const isRunning = assignment.my_status === "in_progress";
  const begin = () => start({ paper: assignment.paper, mode: assignment.mode, assignment: assignment.id });

  const press = async () => {
    if (assignment.mode === "exam" && !isRunning) return setAsking(true);
    setBusy(true);
    await begin().catch((error: unknown) => toast.error(words(asProblem(error).words)));
    setBusy(false);
  };

  return (
    <>
      <Button look={look} size={size} onClick={() => void press()} isBusy={isBusy}>
        {t(`start.${labelOf(assignment)}`)}
        <ArrowRight aria-hidden />
      </Button>
      <ExamDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={assignment.title}
        sections={assignment.sections}
        waitsForRoom={assignment.start === "room" && !assignment.room_started_at}
        isWatched
        onStart={begin}
      />
    </>
  );
}

type Label = "continue" | "again" | "room" | "exam" | "practice";

function labelOf({ my_status, mode, start, room_started_at }: Startable): Label {
  if (my_status === "in_progress") return "continue";
  if (my_status === "completed") return "again";
  return mode === "exam" && start === "room" && !room_started_at ? "room" : mode;
}
