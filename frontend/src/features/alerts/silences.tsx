"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { Schema } from "@/client/types";
import { Button } from "@/components/ui/button";
import { Note, ProblemNote } from "@/components/ui/states";
import { useReread } from "@/features/alerts/use-reread";
import { $api, api } from "@/lib/api";
import { useTimes } from "@/lib/time";

/** What nobody is told of just now; nothing where there is none. */
export function Silences() {
  const silences = $api.useQuery("get", "/api/v1/silences");
  if (silences.error) return <ProblemNote error={silences.error} />;
  return silences.data?.map((silence) => <Row key={silence.id} silence={silence} />) ?? null;
}

function Row({ silence }: { silence: Schema<"SilenceOut"> }) {
  const t = useTranslations("alerts");
  const times = useTimes();
  const reread = useReread("/api/v1/silences");
  const ending = useMutation({
    mutationFn: () => api.DELETE("/api/v1/silences/{silence_id}", { params: { path: { silence_id: silence.id } } }),
    onSuccess: reread,
  });
  return (
    <Note tone="warn">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-60">
          <span className="font-medium">
            {t(silence.rule ? "silentRule" : "silentAll", { rule: silence.rule, until: times.moment(silence.ends_at) })}
          </span>{" "}
          {silence.reason}
          {silence.by && ` · ${silence.by}`}
        </p>
        <Button size="sm" onClick={() => ending.mutate()} isBusy={ending.isPending}>
          {t("endSilence")}
        </Button>
      </div>
      <ProblemNote error={ending.error} className="mt-3" />
    </Note>
  );
}
