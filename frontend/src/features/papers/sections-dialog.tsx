"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogButtons } from "@/components/ui/dialog";
import { Check } from "@/components/ui/field";
import { ProblemNote } from "@/components/ui/states";
import type { Paper } from "@/features/papers/paper-card";

type SectionKey = Paper["sections"][number];

interface Props {
  paper: Paper;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onStart: (sections: SectionKey[]) => Promise<void>;
}

export function SectionsDialog({ paper, open, onOpenChange, onStart }: Props) {
  const t = useTranslations("papers");
  const common = useTranslations("common");
  const [chosen, setChosen] = useState<readonly SectionKey[]>([]);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);

  const toggle = (key: SectionKey) =>
    setChosen((now) => (now.includes(key) ? now.filter((it) => it !== key) : [...now, key]));
  const start = async () => {
    setBusy(true);
    setRefusal(null);
    // In the paper's order, whatever the order of the ticks.
    await onStart(paper.sections.filter((key) => chosen.includes(key))).catch(setRefusal);
    setBusy(false);
  };

  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("chooseSections")} about={t("chooseSectionsAbout")}>
      <fieldset className="grid gap-1">
        <legend className="sr-only">{t("chooseSections")}</legend>
        {paper.sections.map((key) => (
          <Check
            key={key}
            label={common(`sections.${key}`)}
            checked={chosen.includes(key)}
            onChange={() => toggle(key)}
          />
        ))}
      </fieldset>
      <ProblemNote error={refusal} className="mt-4" />
      <DialogButtons>
        <Button onClick={() => onOpenChange(false)}>{common("cancel")}</Button>
        <Button look="primary" onClick={() => void start()} isBusy={isBusy} disabled={chosen.length === 0}>
          {t("startPractice")}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
