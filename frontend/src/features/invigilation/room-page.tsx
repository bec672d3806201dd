"use client";

import { DoorOpen, Radio, RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Later } from "@/components/ui/later";
import { Loaded } from "@/components/ui/loaded";
import { PageHead } from "@/components/ui/page-head";
import { SearchBox } from "@/components/ui/search-box";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { usePathId } from "@/lib/path";
import { useWords } from "@/lib/words";
import { RoomActions } from "./room-actions";
import { RoomFilters } from "./room-filters";
import { byAttention, countsOf, type Filter, found, type Room } from "./room-rules";
import { RoomState } from "./room-state";
import { StudentRow } from "./student-row";
import { useRoom } from "./use-room";

export function RoomPage() {
  const id = usePathId();
  return id === null ? <RoomWaiting /> : <RoomOf assignment={Number(id)} />;
}

function RoomOf({ assignment }: { assignment: number }) {
  const { query, isLive, reread } = useRoom(assignment);
  return (
    <Loaded query={query} isPage skeleton={<RoomWaiting />}>
      {(room) => <Watched room={room} heardAt={query.dataUpdatedAt} isLive={isLive} reread={reread} />}
    </Loaded>
  );
}

interface Props {
  room: Room;
  heardAt: number;
  isLive: boolean;
  reread: () => Promise<unknown>;
}

function Watched({ room, heardAt, isLive, reread }: Props) {
  const words = useWords();
  const ahead = Date.parse(room.server_time) - heardAt;
  return (
    <>
      <PageHead
        title={room.title}
        about={
          <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <span>{words(room.paper_title)}</span>
            <Live isLive={isLive} />
          </span>
        }
        back={{ href: `/courses/${room.course}`, label: room.course_name }}
      >
        <RoomActions room={room} reread={reread} />
      </PageHead>
      <RoomState room={room} ahead={ahead} />
      <Later>
        <Students room={room} ahead={ahead} />
      </Later>
    </>
  );
}

function Live({ isLive }: { isLive: boolean }) {
  const t = useTranslations("invigilation");
  const Icon = isLive ? Radio : RefreshCw;
  return (
    <Badge tone={isLive ? "good" : "plain"} role="status">
      <Icon className="size-3.5" aria-hidden />
      {isLive ? t("live") : t("polled")}
    </Badge>
  );
}

function Students({ room, ahead }: { room: Room; ahead: number }) {
  const t = useTranslations("invigilation");
  const [filter, setFilter] = useState<Filter>("all");
  const [text, setText] = useState("");
  const counts = useMemo(() => countsOf(room.students), [room.students]);
  const rows = useMemo(() => byAttention(found(room.students, filter, text), room.start), [room, filter, text]);
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="grid grid-cols-1 items-center gap-3 lg:grid-cols-[1fr_14rem]">
        <RoomFilters counts={counts} filter={filter} onFilter={setFilter} />
        <SearchBox label={t("find")} onSearch={setText} />
      </div>
      <Card className="overflow-hidden">
        {rows.length > 0 ? (
          <ul aria-label={t("students")} className="divide-y divide-line">
            {rows.map((student) => (
              <StudentRow key={student.id} student={student} assignment={room.assignment} ahead={ahead} />
            ))}
          </ul>
        ) : (
          <EmptyState
            icon={DoorOpen}
            title={room.students.length > 0 ? t("noneFound") : t("nobody")}
            about={room.students.length > 0 ? undefined : t("nobodyAbout")}
          />
        )}
      </Card>
    </div>
  );
}

export function RoomWaiting() {
  return (
    <div aria-busy className="grid gap-5">
      <Skeleton className="h-16" />
      <Skeleton className="h-24" />
      <Skeleton className="h-11" />
      <SkeletonRows rows={6} className="h-16" />
    </div>
  );
}
