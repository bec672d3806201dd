"use client";

import { PenLine } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useStartAttempt } from "@/components/attempts/use-start-attempt";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ProblemNote } from "@/components/ui/states";
import type { Paper } from "@/features/papers/paper-card";
import { useWords } from "@/lib/words";

const WRITTEN = ["writing", "translation"] as const;

/** A student chooses a task, writes, hands in and reads what the engines say: practice of that one section. */
export function CheckMyEssay({ papers }: { papers: readonly Paper[] }) {
  const t = useTranslations("papers");
  const [isOpen, setOpen] = useState(false);
  const free = papers.filter((paper) => !paper.is_set_as_exam && WRITTEN.some((key) => paper.sections.includes(key)));
  if (free.length === 0) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <PenLine aria-hidden />
        {t("check.title")}
      </Button>
      <Dialog open={isOpen} onOpenChange={setOpen} title={t("check.title")} about={t("check.about")}>
        <Tasks papers={free} />
      </Dialog>
    </>
  );
}

function Tasks({ papers }: { papers: readonly Paper[] }) {
  const t = useTranslations("papers");
  const common = useTranslations("common");
  const words = useWords();
  const start = useStartAttempt();
  const [busy, setBusy] = useState("");
  const [refusal, setRefusal] = useState<unknown>(null);
  const begin = async (paper: number, section: (typeof WRITTEN)[number]) => {
    setBusy(`${paper} ${section}`);
    setRefusal(null);
    await start({ paper, mode: "practice", sections: [section] }).catch(setRefusal);
    setBusy("");
  };
  return (
    <>
      <ul className="grid divide-y divide-line">
        {papers.map((paper) => (
          <li key={paper.id} className="flex flex-wrap items-center justify-between gap-3 py-3">
            <span className="font-medium">{words(paper.title)}</span>
            <span className="flex gap-2">
              {WRITTEN.filter((key) => paper.sections.includes(key)).map((key) => (
                <Button
                  key={key}
                  size="sm"
                  isBusy={busy === `${paper.id} ${key}`}
                  aria-label={t("check.write", { task: common(`sections.${key}`), paper: words(paper.title) })}
                  onClick={() => void begin(paper.id, key)}
                >
                  {common(`sections.${key}`)}
                </Button>
              ))}
            </span>
          </li>
        ))}
      </ul>
      <ProblemNote error={refusal} className="mt-4" />
    </>
  );
}
