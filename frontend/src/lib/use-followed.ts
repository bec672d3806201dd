"use client";

import { type QueryKey, type UseQueryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { follow } from "./follow";

interface Following<Answer> {
  /** The stream's address; each of its events is the whole answer, so a connection that was lost has missed nothing. */
  events: string;
  /** While the stream is not there. */
  askEveryMs: number;
  /** Whether it can change by itself at all. */
  isUnderWay?: (answer: Answer) => boolean;
}

/**
 * A query whose answer the server tells again as it changes. What was refused or failed is neither followed nor asked for again
 * by itself. Where the stream tells `null`, there is nothing to tell any more: asking says why.
 */
export function useFollowed<Answer, Failure, Key extends QueryKey>(
  options: UseQueryOptions<Answer, Failure, Answer, Key>,
  { events, askEveryMs, isUnderWay = () => true }: Following<Answer>,
) {
  const queries = useQueryClient();
  const [isLive, setLive] = useState(false);
  const changes = (answer: Answer | undefined) => answer !== undefined && isUnderWay(answer);
  const query = useQuery({
    ...options,
    refetchInterval: ({ state }) => (isLive || !changes(state.data) ? false : askEveryMs),
  });
  const hear = useEffectEvent((answer: Answer | null) => {
    if (answer === null) void queries.invalidateQueries({ queryKey: options.queryKey });
    else queries.setQueryData<Answer, QueryKey>(options.queryKey, answer);
  });
  const mayFollow = changes(query.data);
  useEffect(() => {
    if (!mayFollow) return;
    return follow<Answer | null>(events, { onTold: (answer) => hear(answer), onLive: setLive });
  }, [mayFollow, events]);
  return { query, isLive };
}
