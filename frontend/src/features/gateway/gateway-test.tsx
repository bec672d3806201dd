"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FlaskConical } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Note, ProblemNote } from "@/components/ui/states";
import { yuan } from "@/lib/money";
import { resultShape, type TestResult } from "@/features/gateway/shape";
import { api, take } from "@/lib/api";
import { isFinished, useJob } from "@/lib/job";
import { useWords } from "@/lib/words";

/** Asks the model for a few tokens and says what came of it. */
export function GatewayTest() {
  const t = useTranslations("gateway");
  const queries = useQueryClient();
  const [id, setId] = useState<number | null>(null);
  const starting = useMutation({
    mutationFn: async () => setId((await take(api.POST("/api/v1/gateway/tests")))?.job ?? null),
  });
  const job = useJob(id).data;
  const isDone = job !== undefined && isFinished(job);
  useEffect(() => {
    if (isDone) void queries.invalidateQueries({ queryKey: ["get", "/api/v1/gateway"] });
  }, [isDone, queries]);
  const isBusy = starting.isPending || (id !== null && !isDone);
  return (
    <div className="grid grid-cols-1 gap-3 border-t border-line px-5 py-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button onClick={() => starting.mutate()} isBusy={isBusy}>
          <FlaskConical aria-hidden />
          {t("test")}
        </Button>
        <p className="min-w-0 flex-1 basis-48 text-sm text-ink-faint">
          {t("testAbout")} {t("testUnsaved")}
        </p>
      </div>
      <ProblemNote error={starting.error} />
      <div role="status">
        {isBusy && <p className="text-sm text-ink-soft">{t("testing")}</p>}
        {isDone && job.state === "failed" && <Note tone="bad">{t("testLost", { error: job.error })}</Note>}
        {isDone && job.state === "done" && <Came result={resultShape.parse(job.result)} />}
      </div>
    </div>
  );
}

function Came({ result }: { result: TestResult }) {
  const t = useTranslations("gateway");
  const words = useWords();
  const figures = {
    seconds: (result.latency_ms / 1000).toFixed(2),
    input: result.tokens_in,
    output: result.tokens_out,
    cost: yuan(result.cost),
  };
  return (
    <Note tone={result.is_ok ? "good" : "bad"}>
      <span className="font-medium">{words(result.words)}</span>{" "}
      {result.is_ok ? t("testFigures", figures) : <span className="break-all">{result.detail}</span>}
    </Note>
  );
}
