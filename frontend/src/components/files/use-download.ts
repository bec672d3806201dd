"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { toast } from "@/lib/toast";
import { nameOf, saveAs } from "@/lib/files";
import { asProblem } from "@/lib/problem";
import { useWords } from "@/lib/words";

type Answer = Promise<{ data?: Blob | undefined; response: Response }>;

/** Asks the server for a file (`parseAs: "blob"`) and keeps it; meanwhile, and where it is refused, it says so. */
export function useDownload(): { isBusy: boolean; save: (call: () => Answer, otherwise: string) => Promise<void> } {
  const t = useTranslations("common");
  const words = useWords();
  const [isBusy, setBusy] = useState(false);
  const note = useId();
  const save = async (call: () => Answer, otherwise: string) => {
    if (isBusy) return;
    setBusy(true);
    toast.loading(t("makingFile"), { id: note });
    try {
      const { data, response } = await call();
      if (data) saveAs(nameOf(response.headers.get("Content-Disposition"), otherwise), data);
      toast.dismiss(note);
    } catch (error) {
      toast.error(words(asProblem(error).words), { id: note });
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, save };
}
