"use client";

import dynamic from "next/dynamic";
import { useAppStore } from "@/lib/store";

const Over = dynamic(() => import("@/features/accounts/sign-in-dialog").then((it) => it.SignInDialog));

/** The session ended under an open page. Hardly any visit sees it, so that none waits for it. */
export function SignInOverPage() {
  const isExpired = useAppStore((state) => state.session === "expired");
  return isExpired && <Over />;
}
