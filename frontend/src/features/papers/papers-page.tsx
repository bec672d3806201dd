"use client";

import { FileText } from "lucide-react";
import { useTranslations } from "next-intl";
import { Loaded } from "@/components/ui/loaded";
import { PageHead } from "@/components/ui/page-head";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { CheckMyEssay } from "@/features/papers/check-my-essay";
import { PaperCard } from "@/features/papers/paper-card";
import { $api } from "@/lib/api";
import { useUser } from "@/lib/store";

export function PapersPage() {
  const t = useTranslations("papers");
  const papers = $api.useQuery("get", "/api/v1/papers");
  const isStudent = useUser().role === "student";
  return (
    <>
      <PageHead title={t("title")} about={t("about")}>
        {isStudent && papers.data && <CheckMyEssay papers={papers.data.items} />}
      </PageHead>
      <Loaded query={papers} skeleton={<Waiting />}>
        {({ items }) =>
          items.length > 0 ? (
            <ul className="grid grid-cols-1 gap-5 md:grid-cols-2">
              {items.map((paper) => (
                <li key={paper.id} className="grid">
                  <PaperCard paper={paper} />
                </li>
              ))}
            </ul>
          ) : (
            <EmptyState icon={FileText} title={t("none")} about={t("noneAbout")} />
          )
        }
      </Loaded>
    </>
  );
}

export function PapersWaiting() {
  const t = useTranslations("papers");
  return (
    <>
      <PageHead title={t("title")} about={t("about")} />
      <Waiting />
    </>
  );
}

function Waiting() {
  return (
    <div aria-busy className="grid gap-4 md:grid-cols-2">
      <Skeleton className="h-44" />
      <Skeleton className="h-44" />
    </div>
  );
}
