"use client";

import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { WithheldNote } from "@/components/paper/withheld-note";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { StudentActions } from "@/features/papers/student-actions";
import { Link } from "@/i18n/navigation";
import { useUser } from "@/lib/store";
import { useWords } from "@/lib/words";

export type Paper = Schema<"PaperOut">;

export function PaperCard({ paper }: { paper: Paper }) {
  const t = useTranslations("papers");
  const words = useWords();
  const isStudent = useUser().role === "student";
  return (
    <Card className="flex flex-col gap-6 p-5 sm:p-7">
      <div className="grid gap-1.5">
        <div className="flex items-start justify-between gap-3">
          <h2 className="font-title text-xl font-semibold">
            <Link href={`/papers/${paper.id}`} className="hover:text-accent">
              {words(paper.title)}
            </Link>
          </h2>
          {paper.withheld && <Badge tone="warn">{t("setAsExam")}</Badge>}
        </div>
        <p className="text-sm text-ink-soft">{t("facts", { items: paper.items, minutes: paper.minutes })}</p>
        {paper.audio !== "ready" && <AudioState paper={paper} />}
      </div>
      <div className="mt-auto">
        {isStudent && paper.withheld && <WithheldNote withheld={paper.withheld} />}
        {isStudent && !paper.withheld && <StudentActions paper={paper} />}
        {!isStudent && (
          <Button asChild>
            <Link href={`/papers/${paper.id}`}>{t("open")}</Link>
          </Button>
        )}
      </div>
    </Card>
  );
}

function AudioState({ paper }: { paper: Paper }) {
  const t = useTranslations("papers");
  return (
    <p className="text-sm text-warn">
      {t(`audioState.${paper.audio}`)}
      {paper.audio !== "building" && <span className="block text-ink-faint">{t("audioMissingAbout")}</span>}
    </p>
  );
}
