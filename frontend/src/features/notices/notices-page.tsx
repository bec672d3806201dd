"use client";

import { useTranslations } from "next-intl";
import { NoticeList } from "@/components/notices/notice-list";
import { ReadAll } from "@/components/notices/read-all";
import { useNotices } from "@/components/notices/use-notices";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Loaded } from "@/components/ui/loaded";
import { MoreButton } from "@/components/ui/more-button";
import { PageHead } from "@/components/ui/page-head";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Link } from "@/i18n/navigation";

export function NoticesPage() {
  const t = useTranslations("notices");
  const notices = useNotices();
  return (
    <div className="mx-auto max-w-3xl">
      <PageHead
        title={t("title")}
        about={
          <Button asChild look="link">
            <Link href="/account">{t("choose")}</Link>
          </Button>
        }
      >
        <ReadAll notices={notices.data?.pages} />
      </PageHead>
      <Card className="overflow-hidden">
        <Loaded query={notices} skeleton={<SkeletonRows rows={6} className="m-5" />}>
          {({ pages }) => <NoticeList notices={pages.flatMap((page) => page.items)} />}
        </Loaded>
        <MoreButton query={notices} />
      </Card>
    </div>
  );
}

export function NoticesWaiting() {
  const t = useTranslations("notices");
  return (
    <div className="mx-auto max-w-3xl">
      <PageHead
        title={t("title")}
        about={
          <Button asChild look="link">
            <Link href="/account">{t("choose")}</Link>
          </Button>
        }
      />
      <Card className="overflow-hidden">
        <SkeletonRows rows={6} className="m-5" />
      </Card>
    </div>
  );
}
