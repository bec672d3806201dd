"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Schema } from "@/client/types";
import { Confirm } from "@/components/ui/confirm";
import { Dialog } from "@/components/ui/dialog";
import { ChooseFile } from "@/features/courses/roster/choose-file";
import { RosterChecked } from "@/features/courses/roster/roster-checked";
import { RosterImport } from "@/features/courses/roster/roster-import";

interface Props {
  course_id: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

type Step =
  | { name: "choose" }
  | { name: "preview"; preview: Schema<"RosterPreview"> }
  | { name: "import"; preview: Schema<"RosterPreview">; job: number };

/** Choose a file, see what it would do, let it be done, take the passwords. Nothing changes before the third step. */
export function RosterDialog({ course_id, open, onOpenChange }: Props) {
  const t = useTranslations("students");
  const [step, setStep] = useState<Step>({ name: "choose" });
  const [hasUnsavedPasswords, setUnsavedPasswords] = useState(false);
  const [isLeaving, setLeaving] = useState(false);

  const leave = () => {
    setUnsavedPasswords(false);
    setStep({ name: "choose" });
    onOpenChange(false);
  };
  const close = () => (hasUnsavedPasswords ? setLeaving(true) : leave());

  return (
    <>
      <Dialog open={open} onOpenChange={close} title={t("import")} className="sm:max-w-3xl">
        {step.name === "choose" && (
          <ChooseFile course_id={course_id} onPreview={(preview) => setStep({ name: "preview", preview })} />
        )}
        {step.name === "preview" && (
          <RosterChecked
            course_id={course_id}
            preview={step.preview}
            onBack={() => setStep({ name: "choose" })}
            onImport={(job) => setStep({ name: "import", preview: step.preview, job })}
          />
        )}
        {step.name === "import" && (
          <RosterImport
            course_id={course_id}
            roster_id={step.preview.id}
            job={step.job}
            onUnsaved={setUnsavedPasswords}
            onDone={close}
          />
        )}
      </Dialog>
      <Confirm
        open={isLeaving}
        onOpenChange={setLeaving}
        title={t("leaveTitle")}
        about={t("leaveAbout")}
        action={t("leave")}
        isDanger
        onConfirm={async () => leave()}
      />
    </>
  );
}
