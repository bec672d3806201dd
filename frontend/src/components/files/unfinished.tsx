"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Note } from "@/components/ui/states";
import { useUser } from "@/lib/store";
import { unfinishedFiles } from "@/lib/upload";

/** Names what was being sent when the page was left, so that it is chosen again. `kinds`: endings, as a file input has them. */
export function Unfinished({ kinds }: { kinds: string }) {
  const t = useTranslations("sending");
  const { id } = useUser();
  const [names, setNames] = useState<string[]>([]);
  useEffect(() => {
    let isHere = true;
    const isOfKind = (name: string) => kinds.split(",").some((kind) => name.toLowerCase().endsWith(kind));
    void unfinishedFiles(id).then((found) => isHere && setNames(found.filter(isOfKind)));
    return () => {
      isHere = false;
    };
  }, [id, kinds]);
  if (names.length === 0) return null;
  return (
    <Note tone="info" role="status">
      {t("unfinished", { names: names.join(t("and")) })}
    </Note>
  );
}
