"use client";

import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogButtons } from "@/components/ui/dialog";
import { ProblemNote } from "@/components/ui/states";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  about?: ReactNode;
  children?: ReactNode;
  action: ReactNode;
  isDanger?: boolean;
  /** Asked first: false where something has to be filled in, which its field says. */
  isComplete?: () => boolean;
  /** Closes on success; a refusal is shown in place, so that one can try again. */
  onConfirm: () => Promise<unknown>;
}

/** Asks before something is lost or cannot be undone. */
export function Confirm({
  open,
  onOpenChange,
  title,
  about,
  children,
  action,
  isDanger,
  isComplete,
  onConfirm,
}: Props) {
  const t = useTranslations("common");
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const change = (next: boolean) => {
    if (isBusy) return;
    setError(null);
    onOpenChange(next);
  };
  const confirm = async () => {
    if (isComplete?.() === false) return;
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      onOpenChange(false);
    } catch (reason) {
      setError(reason);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog open={open} onOpenChange={change} title={title} about={about}>
      {children}
      <ProblemNote error={error} className="mt-4" />
      <DialogButtons>
        <Button onClick={() => change(false)} disabled={isBusy}>
          {t("cancel")}
        </Button>
        <Button look={isDanger ? "danger" : "primary"} onClick={() => void confirm()} isBusy={isBusy}>
          {action}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
