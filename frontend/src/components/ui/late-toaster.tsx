"use client";

import dynamic from "next/dynamic";

/** The place of short notices, after the page (lib/toast.ts). */
export const LateToaster = dynamic(() => import("@/components/ui/toaster").then((it) => it.Toaster), { ssr: false });
