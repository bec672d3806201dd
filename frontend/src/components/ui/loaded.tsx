"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorState } from "@/components/ui/states";

interface Props<Data> {
  query: Pick<UseQueryResult<Data, unknown>, "data" | "error" | "refetch">;
  /** Of the size of what will be there. */
  skeleton: ReactNode;
  /** It is the whole page: what is said instead has the page's title. */
  isPage?: boolean;
  children: (data: NonNullable<Data>) => ReactNode;
}

/** The three states of something read: coming, refused, there. What was read once stays while it is read again. */
export function Loaded<Data>({ query, skeleton, isPage = false, children }: Props<Data>) {
  if (query.data !== undefined && query.data !== null) return children(query.data as NonNullable<Data>);
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} isPage={isPage} />;
  return skeleton;
}
