"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { Schema } from "@/client/types";
import { $api, api } from "@/lib/api";

export type Notice = Schema<"NoticeOut">;

const PATH = "/api/v1/me/notices";
const ASK_EVERY_MS = 60_000;

/** One list for the bell, its panel and the page: whoever shows it reads it from the same place. Asked again while the page is looked at. */
export function useNotices() {
  return $api.useInfiniteQuery(
    "get",
    PATH,
    { params: { query: { limit: 20 } } },
    {
      pageParamName: "after",
      initialPageParam: null,
      getNextPageParam: (page) => page.next,
      refetchInterval: ASK_EVERY_MS,
    },
  );
}

/** Marks one as read, or with `andOlder` all that is as old or older: what came meanwhile stays unread. */
export function useReadNotice(): (notice: number, andOlder?: boolean) => Promise<void> {
  const queries = useQueryClient();
  return async (notice, andOlder = false) => {
    await api.POST("/api/v1/me/notices/readings", { body: { notice, and_older: andOlder } });
    await queries.invalidateQueries({ queryKey: ["get", PATH] });
  };
}
