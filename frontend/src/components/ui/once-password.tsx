"use client";

import { Button } from "@/components/ui/button";
import { Dialog, DialogButtons } from "@/components/ui/dialog";
import { Secret } from "@/components/ui/secret";

interface Props {
  title: string;
  about: string;
  label: string;
  done: string;
  /** Null: closed. */
  given: { username: string; password: string } | null;
  onClose: () => void;
}

/** A password that is shown this once: only its own button closes it. */
export function OncePassword({ title, about, label, done, given, onClose }: Props) {
  return (
    <Dialog open={given !== null} onOpenChange={onClose} isDismissable={false} title={title} about={about}>
      {given && (
        <p className="flex flex-wrap items-center gap-3">
          <span className="text-sm text-ink-soft">{given.username}</span>
          <Secret value={given.password} label={label} />
        </p>
      )}
      <DialogButtons>
        <Button look="primary" onClick={onClose}>
          {done}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
