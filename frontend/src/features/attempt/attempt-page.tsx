"use client";

import { ClipboardCheck, FileX } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { Link } from "@/i18n/navigation";
import { usePathId } from "@/lib/path";
import { useUser } from "@/lib/store";
import { PracticeRoom } from "./practice/practice-room";
import { ExamRoom } from "./room/exam-room";
import { type Loaded, useAttempt } from "./room/use-attempt";
import { useClock } from "./room/use-clock";
import { useSheet } from "./room/use-sheet";
import { WaitingRoom } from "./room/waiting-room";

export function AttemptPage() {
  const id = usePathId();
  return id === null ? <AttemptWaiting /> : <Opened key={id} id={id} />;
}

function Opened({ id }: { id: string }) {
  const t = useTranslations("room");
  const user = useUser();
  const { data, error, refetch } = useAttempt(id);
  if (!data && error) {
    return (
      <main className="grid min-h-dvh content-center justify-items-center">
        <ErrorState error={error} onRetry={() => void refetch()} isPage />
        <Button asChild look="link">
          <Link href="/">{t("home")}</Link>
        </Button>
      </main>
    );
  }
  if (!data) return <AttemptWaiting />;
  if (user.role !== "student") return <NotYours id={id} />;
  return <Room loaded={data} />;
}

function Room({ loaded }: { loaded: Loaded }) {
  const sheet = useSheet(loaded.attempt);
  const { attempt } = loaded;
  if (attempt.state === "closed" || attempt.state === "marked") return <Finished id={attempt.id} />;
  if (attempt.mode === "practice") return <PracticeRoom attempt={attempt} sheet={sheet} />;
  return <Timed loaded={loaded} sheet={sheet} />;
}

function Timed({ loaded, sheet }: { loaded: Loaded; sheet: ReturnType<typeof useSheet> }) {
  const reading = useClock(loaded);
  if (loaded.attempt.state === "created") return <WaitingRoom attempt={loaded.attempt} />;
  return <ExamRoom attempt={loaded.attempt} sheet={sheet} reading={reading} />;
}

/** The time was over, or it was handed in elsewhere. What this browser still owed has been sent by then or goes on being sent. */
function Finished({ id }: { id: string }) {
  const t = useTranslations("room");
  return (
    <main className="grid min-h-dvh content-center">
      <EmptyState icon={ClipboardCheck} title={t("finishedTitle")} about={t("finishedAbout")} isPage>
        <Button asChild look="primary">
          <Link href={`/report/${id}`}>{t("toReport")}</Link>
        </Button>
        <Button asChild>
          <Link href="/">{t("home")}</Link>
        </Button>
      </EmptyState>
    </main>
  );
}

function NotYours({ id }: { id: string }) {
  const t = useTranslations("room");
  return (
    <main className="grid min-h-dvh content-center">
      <EmptyState icon={FileX} title={t("notYoursTitle")} about={t("notYoursAbout")} isPage>
        <Button asChild look="primary">
          <Link href={`/report/${id}`}>{t("toReport")}</Link>
        </Button>
      </EmptyState>
    </main>
  );
}

export function AttemptWaiting() {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")} className="mx-auto grid max-w-desk gap-5 px-4 py-3">
      <Skeleton className="h-12" />
      <Skeleton className="h-8 w-64" />
      <div className="grid gap-5 lg:grid-cols-2">
        <Skeleton className="h-96" />
        <Skeleton className="h-96" />
      </div>
    </div>
  );
}
