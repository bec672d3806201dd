"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { $api } from "@/lib/api";
import type { Room } from "./room-rules";

/** As often as the stream would tell by itself. */
const ASK_EVERY_MS = 5_000;

/** A room, told by the event stream; asked for every few seconds while the stream is not there. */
export function useRoom(assignment_id: number) {
  const queries = useQueryClient();
  const [isLive, setLive] = useState(false);
  const params = { params: { path: { assignment_id } } };
  const { queryKey } = $api.queryOptions("get", "/api/v1/assignments/{assignment_id}/room", params);
  const [key] = useState(queryKey);
  const query = $api.useQuery("get", "/api/v1/assignments/{assignment_id}/room", params, {
    refetchInterval: isLive ? false : ASK_EVERY_MS,
  });
  // Practice and rooms of others are refused for good: no stream is tried then.
  const mayFollow = query.data !== undefined;
  useEffect(() => {
    if (!mayFollow) return;
    return followRoom(assignment_id, {
      onRoom: (room) => queries.setQueryData(key, room),
      onLive: setLive,
    });
  }, [mayFollow, assignment_id, queries, key]);
  return { query, isLive, reread: () => queries.invalidateQueries({ queryKey: key }) };
}

interface Hearing {
  onRoom: (room: Room) => void;
  onLive: (isLive: boolean) => void;
}

const OPEN_AGAIN_MS = 15_000;

/** The browser reconnects a stream that breaks; one that is refused (a proxy, a full server) is opened again after a while. */
export function followRoom(assignment: number, { onRoom, onLive }: Hearing): () => void {
  if (typeof EventSource === "undefined") return () => undefined;
  let stream: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const open = () => {
    const source = new EventSource(`/api/v1/assignments/${assignment}/room/events`);
    stream = source;
    source.onmessage = (event: MessageEvent<string>) => {
      onLive(true);
      onRoom(JSON.parse(event.data) as Room);
    };
    source.onerror = () => {
      onLive(false);
      if (source.readyState === source.CLOSED) timer = setTimeout(open, OPEN_AGAIN_MS);
    };
  };
  open();
  return () => {
    stream?.close();
    if (timer !== null) clearTimeout(timer);
    onLive(false);
  };
}
