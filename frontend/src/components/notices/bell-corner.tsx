"use client";

import { Bell } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { Button } from "@/components/ui/button";

const NoticeBell = lazy(() => import("@/components/notices/notice-bell").then((it) => ({ default: it.NoticeBell })));

/** The bell stands in its place at once; its number and its panel come a moment later. */
export function BellCorner() {
  return (
    <Suspense fallback={<Waiting />}>
      <NoticeBell />
    </Suspense>
  );
}

function Waiting() {
  const t = useTranslations("notices");
  return (
    <Button look="quiet" size="icon" aria-label={t("bell")} className="[&_svg]:size-5">
      <Bell aria-hidden />
    </Button>
  );
}
