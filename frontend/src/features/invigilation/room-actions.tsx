"use client";

import { ChartColumn, Play, TimerReset } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { MoreTimeDialog } from "@/components/attempts/deciding/more-time-dialog";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Link } from "@/i18n/navigation";
import { api } from "@/lib/api";
import { toast } from "@/lib/toast";
import { isRunning, type Room } from "./room-rules";

/** What is done for everybody at once. */
export function RoomActions({ room, reread }: { room: Room; reread: () => Promise<unknown> }) {
  const t = useTranslations("invigilation");
  const assignments = useTranslations("assignments");
  const seats = useTranslations("seats");
  const [asking, setAsking] = useState<"start" | "extend" | null>(null);
  const close = () => setAsking(null);
  const running = room.students.filter(isRunning);
  const here = room.students.filter(({ standing }) => standing === "present").length;
  const start = async () => {
    const params = { path: { assignment_id: room.assignment } };
    await api.POST("/api/v1/assignments/{assignment_id}/room-start", { params });
    await reread();
    toast.success(assignments("roomIsStarted"));
  };
  return (
    <>
      <Button asChild>
        <Link href={`/analysis/${room.assignment}`}>
          <ChartColumn aria-hidden />
          {t("analysis")}
        </Link>
      </Button>
      {running.length > 0 && (
        <Button onClick={() => setAsking("extend")}>
          <TimerReset aria-hidden />
          {seats("moreTimeForAll")}
        </Button>
      )}
      {room.start === "room" && room.room_started_at === null && (
        <Button look="primary" onClick={() => setAsking("start")}>
          <Play aria-hidden />
          {assignments("startRoom")}
        </Button>
      )}
      <Confirm
        open={asking === "start"}
        onOpenChange={close}
        title={assignments("startRoomTitle")}
        about={t("startAbout", { here, all: room.students.length })}
        action={assignments("startRoom")}
        onConfirm={start}
      />
      <MoreTimeDialog assignment={room.assignment} seat={null} open={asking === "extend"} onOpenChange={close} />
    </>
  );
}
