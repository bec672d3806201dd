"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { useAppStore } from "@/lib/store";

interface Props {
  children: ReactNode;
  /** What is the same for everybody, with places of the right size for the rest: it is in the HTML and seen first. */
  waiting?: ReactNode;
}

/** Pages are for somebody: until the server has said who it is, they wait. Below it `useUser` has a person. */
export function SignedIn({ children, waiting = <Waiting /> }: Props) {
  const isIn = useAppStore((state) => state.me !== null);
  return isIn ? children : waiting;
}

function Waiting() {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")} className="grid gap-6">
      <Skeleton className="h-8 w-48" />
      <Skeleton className="h-40" />
      <Skeleton className="h-64" />
    </div>
  );
}
