"use client";

import { CheckCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "@/lib/toast";
import type { Schema } from "@/client/types";
import { useReadNotice } from "@/components/notices/use-notices";
import { Button } from "@/components/ui/button";
import { asProblem } from "@/lib/problem";
import { useWords } from "@/lib/words";

/** Nothing where all is read. It reads up to the newest one shown: what comes meanwhile was not seen. */
export function ReadAll({ notices }: { notices: readonly Schema<"NoticePage">[] | undefined }) {
  const t = useTranslations("notices");
  const words = useWords();
  const read = useReadNotice();
  const [isBusy, setBusy] = useState(false);
  const [newest] = notices?.[0]?.items ?? [];
  if (!newest || notices?.[0]?.unread === 0) return null;
  const press = async () => {
    setBusy(true);
    await read(newest.id, true).catch((error: unknown) => toast.error(words(asProblem(error).words)));
    setBusy(false);
  };
  return (
    <Button look="quiet" size="sm" onClick={() => void press()} isBusy={isBusy} className="-mr-3">
      {!isBusy && <CheckCheck aria-hidden />}
      {t("readAll")}
    </Button>
  );
}
