"use client";

import { useMutation } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ProblemNote } from "@/components/ui/states";
import type { Channel } from "@/features/alerts/channel-shape";
import { Delivery } from "@/features/alerts/delivery";
import { api, take } from "@/lib/api";
import { isFinished, useJob } from "@/lib/job";

/** Sends a real message and says whether the receiver took it. */
export function ChannelTest({ channel }: { channel: Channel }) {
  const t = useTranslations("alerts");
  const [id, setId] = useState<number | null>(null);
  const params = { path: { channel_id: channel.id } };
  const starting = useMutation({
    mutationFn: async () =>
      setId((await take(api.POST("/api/v1/channels/{channel_id}/tests", { params })))?.job ?? null),
  });
  const job = useJob(id).data;
  const isDone = job !== undefined && isFinished(job);
  const isBusy = starting.isPending || (id !== null && !isDone);
  return (
    <div className="grid grid-cols-1 justify-items-start gap-2">
      <Button
        size="sm"
        onClick={() => starting.mutate()}
        isBusy={isBusy}
        aria-label={t("testOf", { name: channel.name })}
      >
        <Send aria-hidden />
        {t("test")}
      </Button>
      <ProblemNote error={starting.error} />
      <div role="status" className="w-full">
        <Delivery job={job} />
      </div>
    </div>
  );
}
