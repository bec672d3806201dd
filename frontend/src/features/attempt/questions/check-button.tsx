"use client";

import { ListChecks } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "@/lib/toast";
import { Button } from "@/components/ui/button";
import { asProblem } from "@/lib/problem";
import { useWords } from "@/lib/words";
import { useRoom, useValues } from "../room/room-context";

/** Practice: shows the keys of one item once it is answered, or of a whole passage. Nothing in an exam. */
export function CheckButton({ slots, isWhole = false }: { slots: string[]; isWhole?: boolean }) {
  const t = useTranslations("room");
  const words = useWords();
  const { check, checks } = useRoom();
  const values = useValues(slots);
  const [isBusy, setBusy] = useState(false);
  const open = slots.filter((slot) => !checks.has(slot));
  const isAnswered = isWhole || open.some((slot) => values.get(slot));
  if (!check || open.length === 0 || !isAnswered) return null;

  const show = async () => {
    setBusy(true);
    try {
      await check(open);
    } catch (error) {
      toast.error(words(asProblem(error).words));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button size="sm" className="justify-self-start" isBusy={isBusy} onClick={() => void show()}>
      <ListChecks aria-hidden />
      {isWhole ? t("checkAll", { count: open.length }) : t("check")}
    </Button>
  );
}
