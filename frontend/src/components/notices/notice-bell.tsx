"use client";

import { Bell } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { NoticeList } from "@/components/notices/notice-list";
import { ReadAll } from "@/components/notices/read-all";
import { useNotices } from "@/components/notices/use-notices";
import { Button } from "@/components/ui/button";
import { Loaded } from "@/components/ui/loaded";
import { Popover } from "@/components/ui/popover";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Link } from "@/i18n/navigation";

const MOST_SHOWN = 99;

/** How many notices are unread, on every page of the shell, and the newest of them in a panel. */
export function NoticeBell() {
  const t = useTranslations("notices");
  const [isOpen, setOpen] = useState(false);
  const notices = useNotices();
  const unread = notices.data?.pages[0]?.unread ?? 0;
  const count = unread > MOST_SHOWN ? t("many") : String(unread);
  const close = () => setOpen(false);
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      label={t("title")}
      trigger={
        <Button
          look="quiet"
          size="icon"
          aria-label={unread > 0 ? t("bellUnread", { count }) : t("bell")}
          className="[&_svg]:size-5"
        >
          <span className="relative">
            <Bell aria-hidden />
            {unread > 0 && (
              <span
                aria-hidden
                className="absolute -top-2 left-2.5 min-w-4.5 rounded-full bg-bad px-1 text-center text-[0.6875rem] leading-4.5 font-semibold text-on-accent tabular-nums ring-2 ring-surface"
              >
                {count}
              </span>
            )}
          </span>
        </Button>
      }
    >
      <div className="flex min-h-13 items-center justify-between gap-3 border-b border-line px-5">
        <h2 className="font-semibold">{t("title")}</h2>
        <ReadAll notices={notices.data?.pages} />
      </div>
      <div className="overflow-y-auto overscroll-contain">
        <Loaded query={notices} skeleton={<SkeletonRows rows={3} className="m-5" />}>
          {({ pages }) => <NoticeList notices={pages[0]?.items ?? []} onFollow={close} />}
        </Loaded>
      </div>
      <Button asChild look="quiet" className="m-1.5">
        <Link href="/notices" onClick={close}>
          {t("all")}
        </Link>
      </Button>
    </Popover>
  );
}
