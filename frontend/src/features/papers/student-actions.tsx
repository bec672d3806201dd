"use client";

import { ListChecks, Play, Timer } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "@/lib/toast";
import { ExamDialog } from "@/components/attempts/exam-dialog";
import { useStartAttempt } from "@/components/attempts/use-start-attempt";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/states";
import type { Paper } from "@/features/papers/paper-card";
import { SectionsDialog } from "@/features/papers/sections-dialog";
import { asProblem } from "@/lib/problem";
import { useWords } from "@/lib/words";

/** What a student can do with a paper: practise all of it, parts of it, or sit it as a mock exam. */
export function StudentActions({ paper }: { paper: Paper }) {
  const t = useTranslations("papers");
  const words = useWords();
  const start = useStartAttempt();
  const [asking, setAsking] = useState<"exam" | "sections" | null>(null);
  const [isBusy, setBusy] = useState(false);

  const practise = async () => {
    setBusy(true);
    await start({ paper: paper.id, mode: "practice" }).catch((error: unknown) =>
      toast.error(words(asProblem(error).words)),
    );
    setBusy(false);
  };
  const close = () => setAsking(null);

  return (
    <div className="flex flex-wrap gap-2">
      <Button look="primary" onClick={() => void practise()} isBusy={isBusy}>
        <Play aria-hidden />
        {t("practiseWhole")}
      </Button>
      <Button onClick={() => setAsking("sections")}>
        <ListChecks aria-hidden />
        {t("practiseSections")}
      </Button>
      <Button onClick={() => setAsking("exam")}>
        <Timer aria-hidden />
        {t("ownExam")}
      </Button>
      <SectionsDialog
        paper={paper}
        open={asking === "sections"}
        onOpenChange={close}
        onStart={(sections) => start({ paper: paper.id, mode: "practice", sections })}
      />
      <ExamDialog
        open={asking === "exam"}
        onOpenChange={close}
        title={words(paper.title)}
        sections={[]}
        onStart={() => start({ paper: paper.id, mode: "exam" })}
        note={<Note className="mt-4">{t("ownExamNote")}</Note>}
      />
    </div>
  );
}
