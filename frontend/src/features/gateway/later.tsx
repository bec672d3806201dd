"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/skeleton";

/** The form's rules of writing are a quarter of the page's script: what stands and what today has cost is there before them. */
export const LaterForm = dynamic(() => import("@/features/gateway/gateway-form").then((it) => it.GatewayForm), {
  ssr: false,
  loading: () => <Skeleton className="h-160" />,
});

export const LaterTest = dynamic(() => import("@/features/gateway/gateway-test").then((it) => it.GatewayTest), {
  ssr: false,
  loading: () => <Skeleton className="mx-5 mb-5 h-10 w-40" />,
});
