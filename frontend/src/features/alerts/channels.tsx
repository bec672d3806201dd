"use client";

import { BellPlus, Pencil, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge, Status } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Confirm } from "@/components/ui/confirm";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Loaded } from "@/components/ui/loaded";
import { SkeletonRows } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { ChannelForm } from "@/features/alerts/channel-form";
import type { Channel } from "@/features/alerts/channel-shape";
import { ChannelTest } from "@/features/alerts/channel-test";
import { useReread } from "@/features/alerts/use-reread";
import { $api, api } from "@/lib/api";

export function Channels() {
  const t = useTranslations("alerts");
  const channels = $api.useQuery("get", "/api/v1/channels");
  const [isAdding, setAdding] = useState(false);
  return (
    <div className="grid grid-cols-1 gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 flex-1 basis-60 text-sm text-ink-soft">{t("channelsAbout")}</p>
        <Button look="primary" onClick={() => setAdding(true)}>
          <Plus aria-hidden />
          {t("add")}
        </Button>
      </div>
      <Card className="overflow-hidden">
        <Loaded query={channels} skeleton={<SkeletonRows rows={3} className="mx-5 my-2 h-16" />}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState icon={BellPlus} title={t("noChannels")} about={t("noChannelsAbout")} />
            ) : (
              <ul className="divide-y divide-line">
                {rows.map((channel) => (
                  <Row key={channel.id} channel={channel} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Card>
      <Dialog open={isAdding} onOpenChange={setAdding} title={t("add")} className="sm:max-w-xl">
        <ChannelForm channel={null} onDone={() => setAdding(false)} />
      </Dialog>
    </div>
  );
}

function Row({ channel }: { channel: Channel }) {
  const t = useTranslations("alerts");
  const reread = useReread("/api/v1/channels");
  const [asking, setAsking] = useState<"edit" | "remove" | null>(null);
  const close = () => setAsking(null);
  const { name } = channel;
  const remove = async () => {
    await api.DELETE("/api/v1/channels/{channel_id}", { params: { path: { channel_id: channel.id } } });
    await reread();
  };
  return (
    <li className="grid grid-cols-1 gap-3 px-5 py-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="grid min-w-0 flex-1 basis-48 gap-1">
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {name} <Badge>{t(`kinds.${channel.kind}`)}</Badge>
          </p>
          <p className="text-sm text-ink-soft">
            {channel.only_escalated
              ? t("onlyEscalated")
              : t("fromLevel", { level: t(`levels.${channel.least_level}`) })}
            {channel.settings.to && <span className="break-all"> · {channel.settings.to}</span>}
          </p>
        </div>
        <Status tone={channel.is_on ? "good" : "plain"}>{t(channel.is_on ? "on" : "off")}</Status>
        <div className="flex gap-1">
          <IconButton icon={Pencil} label={t("editChannel", { name })} onClick={() => setAsking("edit")} />
          <IconButton icon={Trash2} label={t("removeChannel", { name })} onClick={() => setAsking("remove")} />
        </div>
      </div>
      <ChannelTest channel={channel} />
      <Dialog open={asking === "edit"} onOpenChange={close} title={t("editChannel", { name })} className="sm:max-w-xl">
        <ChannelForm channel={channel} onDone={close} />
      </Dialog>
      <Confirm
        open={asking === "remove"}
        onOpenChange={close}
        title={t("removeChannel", { name })}
        about={t("removeAbout")}
        action={t("remove")}
        isDanger
        onConfirm={remove}
      />
    </li>
  );
}
